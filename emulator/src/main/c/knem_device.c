/* The calls of /dev/knem. */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "knem.h"

/* State of one open file: a context if it was opened for writing, else the text that it reads. */
struct knem_file {
    struct context *context;
    char *text;
    int64_t offset;
};

static bool is_read_only(const struct open_file *file) { return (file->flags & O_ACCMODE) == O_RDONLY; }

static long knem_open(struct call *call) {
    struct knem_file *file = calloc(1, sizeof(*file));
    if (file == NULL) {
        return -ENOMEM;
    }
    if (!is_read_only(call->file)) {
        pthread_mutex_lock(&knem_lock);
        file->context = context_open(call);
        pthread_mutex_unlock(&knem_lock);
        if (file->context == NULL) {
            free(file);
            return -EBUSY;
        }
    }
    call->file->state = file;
    return 0;
}

static void knem_release(struct open_file *open) {
    struct knem_file *file = open->state;
    pthread_mutex_lock(&knem_lock);
    if (file->context != NULL) {
        context_file_ended(file->context);
    }
    pthread_mutex_unlock(&knem_lock);
    free(file->text);
    free(file);
}

static void knem_sweep(void) {
    pthread_mutex_lock(&knem_lock);
    context_sweep();
    pthread_mutex_unlock(&knem_lock);
}

static unsigned knem_mode(void) { return knem_parameters.mode; }

static long get_info(struct call *call, const struct context *context, uint64_t argument) {
    struct info info = {knem_parameters.abi, context->dma_offered ? FEATURE_DMA : 0, knem_ignored(), knem_forced()};
    return client_write(call, argument, &info, sizeof(info));
}

static long bind_offload(struct call *call, const struct context *context, uint64_t argument) {
    struct bind_offload wish;
    if (client_read(call, argument, &wish, sizeof(wish)) != 0) {
        return -EFAULT;
    }
    if (context->mapped_once) {
        return -EBUSY;
    }
    if (wish.flags != BIND_CUSTOM && wish.flags != BIND_CURRENT && wish.flags != BIND_CURRENT_REVERSED) {
        return -EINVAL;
    }
    char mask[1024];
    size_t length = wish.mask_bytes < sizeof(mask) ? wish.mask_bytes : sizeof(mask);
    return wish.flags == BIND_CUSTOM ? client_read(call, wish.mask, mask, length) : 0;
}

/* The driver asserts that it can write its answer back: what it cannot is the end of the kernel. Not so if the caller was killed. */
static void write_back(struct call *call, uint32_t number, uint64_t address, const void *value, size_t length) {
    if (client_write(call, address, value, length) != 0 && !client_ends(call)) {
        trap(call, "Z3", "the argument of ioctl 0x%x cannot be written at 0x%llx", number, (unsigned long long) address);
    }
}

static long create(struct call *call, struct context *context, uint64_t argument) {
    struct create_region wish;
    uint64_t cookie;
    if (client_read(call, argument, &wish, sizeof(wish)) != 0) {
        return -EFAULT;
    }
    long result = region_create(call, context, &wish, &cookie);
    if (result == 0) {
        write_back(call, CMD_CREATE_REGION, argument + offsetof(struct create_region, cookie), &cookie, sizeof(cookie));
    }
    return result;
}

static long init_send(struct call *call, struct context *context, uint64_t argument) {
    struct init_send old;
    uint64_t cookie;
    if (client_read(call, argument, &old, sizeof(old)) != 0) {
        return -EFAULT;
    }
    struct create_region wish = {.ranges = old.ranges, .range_count = old.range_count,
                                 .flags = old.flags | FLAG_SINGLE_USE, .protection = REGION_READ};
    long result = region_create(call, context, &wish, &cookie);
    if (result == 0) {
        write_back(call, CMD_INIT_SEND, argument + offsetof(struct init_send, cookie), &cookie, sizeof(cookie));
    }
    return result;
}

/* The old receive is an inline read from the beginning, without a bound. Both say their status in other places. */
static long old_receive(struct call *call, struct context *context, uint32_t number, uint64_t argument) {
    struct old_receive old;
    if (client_read(call, argument, &old, sizeof(old)) != 0) {
        return -EFAULT;
    }
    bool async = number == CMD_INIT_ASYNC_RECV;
    if (async && old.status_or_slot >= context->slots) {
        return -EINVAL;
    }
    if (!async && (knem_effective_flags(context, old.flags, ANY_COPY) & FLAG_NOTIFY_FD) != 0) {
        return -EINVAL;
    }
    struct transfer wish = {.is_inline = true, .ranges = old.ranges, .range_count = old.range_count, .source = old.cookie,
                            .length = UINT64_MAX, .flags = async ? old.flags : old.flags & ~(uint32_t) ANY_ASYNC,
                            .slot = async ? old.status_or_slot : 0};
    uint32_t status = STATUS_PENDING;
    long result = knem_copy(call, context, &wish, &status);
    if (result == 0 && async && status != STATUS_PENDING) {
        pthread_mutex_lock(&knem_lock);
        status_store(context, old.status_or_slot, (uint8_t) status);
        pthread_mutex_unlock(&knem_lock);
    } else if (result == 0 && !async) {
        write_back(call, number, argument + offsetof(struct old_receive, status_or_slot), &status, sizeof(status));
    }
    return result;
}

static long destroy(struct call *call, struct context *context, uint64_t argument) {
    uint64_t cookie;
    return client_read(call, argument, &cookie, sizeof(cookie)) != 0 ? -EFAULT : region_destroy(call, context, cookie);
}

union copy_argument {
    struct region_copy plain;
    struct region_copy_bounded bounded;
    struct inline_copy local;
    struct inline_copy_bounded local_bounded;
};

static struct transfer inline_transfer(const struct inline_copy *at, uint64_t length, uint32_t flags, uint32_t slot) {
    bool write = at->write != 0;
    return (struct transfer) {.is_inline = true, .write = write, .ranges = at->ranges, .range_count = at->range_count,
                              .source = write ? 0 : at->remote, .source_offset = write ? 0 : at->remote_offset,
                              .destination = write ? at->remote : 0, .destination_offset = write ? at->remote_offset : 0,
                              .length = length, .flags = flags, .slot = slot};
}

static struct transfer region_transfer(const struct region_copy *at, uint64_t length, uint32_t flags, uint32_t slot) {
    return (struct transfer) {.source = at->source, .source_offset = at->source_offset, .destination = at->destination,
                              .destination_offset = at->destination_offset, .length = length, .flags = flags, .slot = slot};
}

static long copy(struct call *call, struct context *context, uint32_t number, uint64_t argument) {
    bool bounded = number == CMD_COPY_BOUNDED || number == CMD_INLINE_COPY_BOUNDED;
    bool local = number == CMD_INLINE_COPY || number == CMD_INLINE_COPY_BOUNDED;
    union copy_argument in;
    memset(&in, 0, sizeof(in));
    if (client_read(call, argument, &in, bounded ? sizeof(in.bounded) : sizeof(in.plain)) != 0) {
        return -EFAULT;
    }
    /* Behind the length, or where it would be, all four agree; so do the fields before it, bounded or not. */
    uint64_t length = bounded ? in.bounded.length : UINT64_MAX;
    uint32_t flags = bounded ? in.bounded.flags : in.plain.flags;
    uint32_t slot = bounded ? in.bounded.slot : in.plain.slot;
    struct transfer wish = local ? inline_transfer(&in.local, length, flags, slot)
                                 : region_transfer(&in.plain, length, flags, slot);
    uint32_t status = STATUS_PENDING;
    long result = knem_copy(call, context, &wish, &status);
    if (result == 0) {
        size_t at = bounded ? offsetof(struct region_copy_bounded, status) : offsetof(struct region_copy, status);
        write_back(call, number, argument + at, &status, sizeof(status));
    }
    return result;
}

static long knem_ioctl(struct call *call, uint32_t number, uint64_t argument) {
    const struct knem_file *file = call->file->state;
    struct context *context = file->context;
    if (context == NULL) {
        return -EBADF;
    }
    switch (number) {
        case CMD_GET_INFO:
            return get_info(call, context, argument);
        case CMD_BIND_OFFLOAD:
            return bind_offload(call, context, argument);
        case CMD_CREATE_REGION:
            return create(call, context, argument);
        case CMD_DESTROY_REGION:
            return destroy(call, context, argument);
        case CMD_COPY:
        case CMD_COPY_BOUNDED:
        case CMD_INLINE_COPY:
        case CMD_INLINE_COPY_BOUNDED:
            return copy(call, context, number, argument);
        case CMD_INIT_SEND:
            return init_send(call, context, argument);
        case CMD_INIT_ASYNC_RECV:
        case CMD_SYNC_RECV:
            return old_receive(call, context, number, argument);
        default:
            return -ENOSYS;
    }
}

static struct argument_layout knem_argument(uint32_t number) {
    switch (number) {
        case CMD_GET_INFO:
            return (struct argument_layout) {sizeof(struct info), false};
        case CMD_BIND_OFFLOAD:
            return (struct argument_layout) {sizeof(struct bind_offload), false};
        case CMD_CREATE_REGION:
            return (struct argument_layout) {sizeof(struct create_region), true};
        case CMD_DESTROY_REGION:
            return (struct argument_layout) {sizeof(uint64_t), false};
        case CMD_COPY:
            return (struct argument_layout) {sizeof(struct region_copy), false};
        case CMD_COPY_BOUNDED:
            return (struct argument_layout) {sizeof(struct region_copy_bounded), false};
        case CMD_INLINE_COPY:
            return (struct argument_layout) {sizeof(struct inline_copy), true};
        case CMD_INLINE_COPY_BOUNDED:
            return (struct argument_layout) {sizeof(struct inline_copy_bounded), true};
        case CMD_INIT_SEND:
            return (struct argument_layout) {sizeof(struct init_send), true};
        case CMD_INIT_ASYNC_RECV:
        case CMD_SYNC_RECV:
            return (struct argument_layout) {sizeof(struct old_receive), true};
        default:
            return (struct argument_layout) {0, false};
    }
}

static long read_text(struct call *call, struct knem_file *file, uint64_t address, uint64_t length, int64_t offset) {
    pthread_mutex_lock(&knem_lock);
    bool first = file->text == NULL;
    pthread_mutex_unlock(&knem_lock);
    if (first || offset == 0) {
        char *text = statistics_text(call->uid);
        pthread_mutex_lock(&knem_lock);
        free(file->text);
        file->text = text;
        pthread_mutex_unlock(&knem_lock);
    }
    pthread_mutex_lock(&knem_lock);
    int64_t total = file->text == NULL ? 0 : (int64_t) strnlen(file->text, 4096);
    int64_t from = offset >= 0 ? offset : file->offset;
    uint64_t left = from < total ? (uint64_t) (total - from) : 0;
    uint64_t part = length < left ? length : left;
    long result = part == 0 ? 0 : client_write(call, address, file->text + from, part);
    if (result == 0) {
        result = (long) part;
        file->offset = offset >= 0 ? file->offset : from + (int64_t) part;
    }
    pthread_mutex_unlock(&knem_lock);
    return result;
}

static long knem_read(struct call *call, uint64_t address, uint64_t length, int64_t offset, bool nonblocking) {
    struct knem_file *file = call->file->state;
    if ((call->file->flags & O_ACCMODE) == O_WRONLY) {
        return -EBADF;
    }
    if (file->context == NULL || knem_parameters.notify == 0) {
        return read_text(call, file, address, length, offset);
    }
    if (!file->context->mapped_once) {
        trap(call, "Z5", "read of %llu bytes before the status array was mapped", (unsigned long long) length);
    }
    return status_read_events(call, file->context, address, length, nonblocking);
}

static long knem_write(struct call *call, uint64_t address, uint64_t length) {
    (void) address;
    (void) length;
    return is_read_only(call->file) ? -EBADF : call->uid == 0 ? -EBUSY : -EPERM;
}

static long knem_mmap(struct call *call, uint64_t length, int prot, int flags, uint64_t offset) {
    const struct knem_file *file = call->file->state;
    bool shared_write = (flags & MAP_SHARED) != 0 && (prot & PROT_WRITE) != 0;
    if (file->context == NULL) {
        return shared_write ? -EACCES : -EBADF;
    }
    if ((call->file->flags & O_ACCMODE) == O_WRONLY) {
        return -EACCES;
    }
    return offset != 0 || length == 0 ? -EINVAL : status_map(call, file->context, length);
}

static long knem_poll(struct call *call) {
    const struct knem_file *file = call->file->state;
    if (file->context == NULL) {
        trap(call, "Z2", "poll, select or epoll_ctl on a descriptor that was opened read-only");
    }
    return file->context->mapped_once ? 0 : POLLERR;
}

static void knem_report(FILE *out) {
    if (memory_followed_addresses > 0) {
        fprintf(out, "dray emulate: knem: %u times read-only memory was followed by address, not by page\n",
                memory_followed_addresses);
    }
    if (!memory_sees_zero_pages) {
        fprintf(out, "dray emulate: knem: this kernel does not show which pages were never written; "
                     "read-only regions over them saw later writes\n");
    }
    if (memory_too_many_segments > 0) {
        fprintf(out, "dray emulate: knem: %u regions refused: more than %d segments cannot be pinned here\n",
                memory_too_many_segments, MEMORY_MOST_BUFFERS);
    }
}

const struct device_model knem_model = {
        .name = "knem",
        .path = "/dev/knem",
        .parameters = "abi=0xd thread=1 dma=1 dmaengine=absent|unavailable|available pinlocal=0 pinlocalread=1 sync=0 "
                      "forceflags=0 ignoreflags=0 statsverbose=0 notify=1 version=1.1.4 mode=0600",
        .set = knem_set,
        .start = knem_start,
        .open = knem_open,
        .release = knem_release,
        .sweep = knem_sweep,
        .mode = knem_mode,
        .ioctl = knem_ioctl,
        .argument = knem_argument,
        .read = knem_read,
        .write = knem_write,
        .mmap = knem_mmap,
        .poll = knem_poll,
        .report = knem_report,
};
