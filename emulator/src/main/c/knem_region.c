/* Regions: pages under a cookie. */
#include <stdlib.h>
#include <string.h>

#include "knem.h"

/* One allocation holds 64 bytes per segment and cannot be larger than 4 MiB. */
enum { MOST_SEGMENTS = 65000 };
static const uint64_t USER_SPACE_END = UINT64_C(1) << 47;
static const uint64_t SINGLE_USE_BIT = UINT64_C(1) << 31;

/* The array of a client, with what the driver does not check. */
long read_ranges(const struct call *call, uint64_t address, uint32_t count, struct iovec **out) {
    if (count > MOST_SEGMENTS) {
        trap(call, "Z7", "%u segments; the driver allocates too much at once from about 65 000 on", count);
    }
    struct iovec *ranges = calloc(count == 0 ? 1 : count, sizeof(*ranges));
    if (ranges == NULL) {
        return -ENOMEM;
    }
    if (client_read(call, address, ranges, count * sizeof(*ranges)) != 0) {
        free(ranges);
        return -EFAULT;
    }
    uint64_t total = 0;
    bool reaches_too_far = false;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t base = (uint64_t) ranges[i].iov_base;
        uint64_t length = ranges[i].iov_len;
        if (length > 0 && base + length - 1 < base) {
            trap(call, "Z4", "segment %u of %u wraps around: base 0x%llx, length 0x%llx", i, count,
                 (unsigned long long) base, (unsigned long long) length);
        }
        if (total + length < total) {
            trap(call, "Z8", "the lengths of %u segments wrap around at segment %u", count, i);
        }
        total += length;
        reaches_too_far |= length > 0 && base + length > USER_SPACE_END;
    }
    if (reaches_too_far) {
        free(ranges);
        return -EFAULT;
    }
    *out = ranges;
    return 0;
}

static long insert(struct context *context, struct region *region, uint32_t *index) {
    uint32_t at = context->region_lowest;
    while (at < context->region_room && context->regions[at] != NULL) {
        at++;
    }
    if (at == context->region_room) {
        uint32_t room = context->region_room == 0 ? 64 : context->region_room * 2;
        struct region **regions = realloc(context->regions, room * sizeof(struct region *));
        if (regions == NULL) {
            return -ENOMEM;
        }
        memset(regions + context->region_room, 0, (room - context->region_room) * sizeof(struct region *));
        context->regions = regions;
        context->region_room = room;
    }
    context->regions[at] = region;
    context->region_lowest = at + 1;
    *index = at;
    return 0;
}

static void take_out(struct context *context, uint32_t index) {
    struct region *region = context->regions[index];
    context->regions[index] = NULL;
    if (index < context->region_lowest) {
        context->region_lowest = index;
    }
    region_let_go(region);
}

void region_let_go(struct region *region) {
    if (--region->holders == 0) {
        memory_free(&region->memory);
        free(region);
    }
}

long region_create(struct call *call, struct context *context, const struct create_region *wish, uint64_t *cookie) {
    uint32_t flags = knem_effective_flags(context, wish->flags, ANY_CREATE);
    struct iovec *ranges;
    long result = read_ranges(call, wish->ranges, wish->range_count, &ranges);
    if (result != 0) {
        return result;
    }
    struct region *region = calloc(1, sizeof(*region));
    result = region == NULL ? -ENOMEM
                            : memory_take(call, ranges, wish->range_count,
                                          (wish->protection & REGION_WRITE) != 0 ? PIN_WRITE : PIN_READ, &region->memory);
    free(ranges);
    if (result != 0) {
        free(region);
        return result;
    }
    region->holders = 1;
    region->protection = wish->protection;
    region->owner = context->owner;
    region->single_use = (flags & FLAG_SINGLE_USE) != 0;
    region->any_user = (flags & FLAG_ANY_USER_ACCESS) != 0 || knem_parameters.notify == 0;
    pthread_mutex_lock(&knem_lock);
    uint32_t index = 0;
    result = insert(context, region, &index);
    *cookie = (uint64_t) (index ^ context->region_random) << 32 | context_id(context) |
              (region->single_use ? SINGLE_USE_BIT : 0);
    if (result != 0) {
        region_let_go(region);
    }
    pthread_mutex_unlock(&knem_lock);
    return result;
}

/*
 * Only the region's half of the cookie counts, in the caller's own context. Whoever has seen a process dead takes its memory
 * back now: in the kernel no copy of that process would still run.
 */
long region_destroy(const struct call *call, struct context *context, uint64_t cookie) {
    calls_of_the_dead_end(call);
    uint32_t index = (uint32_t) (cookie >> 32) ^ context->region_random;
    pthread_mutex_lock(&knem_lock);
    bool found = index < context->region_room && context->regions[index] != NULL;
    if (found) {
        take_out(context, index);
    }
    pthread_mutex_unlock(&knem_lock);
    return found ? 0 : -EINVAL;
}

/* Existence, user, protection, in this order; then a single-use cookie is spent. The result is held. */
long region_look_up(const struct call *call, uint64_t cookie, uint32_t protection, struct region **out) {
    struct context *context = context_by_cookie(cookie);
    uint32_t index = context == NULL ? 0 : (uint32_t) (cookie >> 32) ^ context->region_random;
    if (context == NULL || index >= context->region_room || context->regions[index] == NULL) {
        knem_statistics.rejected_cookie++;
        return -EINVAL;
    }
    struct region *region = context->regions[index];
    if (!region->any_user && region->owner != call->uid) {
        return -EPERM;
    }
    if ((region->protection & protection) == 0) {
        return -EACCES;
    }
    region->holders++;
    if ((cookie & SINGLE_USE_BIT) != 0) {
        take_out(context, index);
    }
    *out = region;
    return 0;
}
