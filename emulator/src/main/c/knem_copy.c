/* Copies, in the driver's order of checks: flags, slot, notification, DMA, capacity, ranges, regions, local pages. */
#include <stdlib.h>

#include "knem.h"

struct plan {
    uint32_t flags;
    bool is_async, notify, offload, pin_local;
};

static long check_flags(struct context *context, const struct transfer *wish, struct plan *plan) {
    uint32_t flags = knem_effective_flags(context, wish->flags, ANY_COPY);
    plan->is_async = (flags & ANY_ASYNC) != 0;
    plan->notify = (flags & FLAG_NOTIFY_FD) != 0;
    if (plan->is_async && wish->slot >= context->slots) {
        return -EINVAL;
    }
    if (plan->notify && ((flags & ANY_THREAD) == 0 || (flags & FLAG_ASYNC_DMA_COMPLETE) != 0)) {
        return -EINVAL;
    }
    knem_statistics.submitted++;
    if ((flags & FLAG_DMA) != 0 && !context->dma_offered) {
        if (knem_parameters.engine == DMA_NO_CHANNEL) {
            knem_statistics.rejected_flags++;
            return -EINVAL;
        }
        flags &= ~(uint32_t) FLAG_DMA;
    }
    if (plan->notify && context->notify_used >= context->slots) {
        return -EBUSY;
    }
    bool dma = (flags & FLAG_DMA) != 0;
    plan->flags = flags;
    plan->offload = dma ? (flags & (FLAG_DMA_THREAD | FLAG_ASYNC_DMA_COMPLETE)) != 0 : (flags & FLAG_MEMCPY_THREAD) != 0;
    plan->pin_local = (flags & (FLAG_DMA | ANY_THREAD | FLAG_PIN_LOCAL)) != 0 ||
                      (wish->write && knem_parameters.pin_local_read != 0);
    return 0;
}

static long find_regions(struct call *call, const struct transfer *wish, struct work *work) {
    long result = 0;
    if (!wish->is_inline || !wish->write) {
        result = region_look_up(call, wish->source, REGION_READ, &work->source);
    }
    if (result == 0 && (!wish->is_inline || wish->write)) {
        result = region_look_up(call, wish->destination, REGION_WRITE, &work->destination);
    }
    return result;
}

static uint64_t bytes_after(uint64_t bytes, uint64_t offset) { return offset < bytes ? bytes - offset : 0; }

static uint64_t length_of(const struct transfer *wish, const struct work *work, const struct iovec *ranges) {
    uint64_t local = 0;
    for (uint32_t i = 0; i < wish->range_count; i++) {
        local += ranges[i].iov_len;
    }
    uint64_t source = work->source != NULL ? bytes_after(work->source->memory.bytes, wish->source_offset) : local;
    uint64_t destination =
            work->destination != NULL ? bytes_after(work->destination->memory.bytes, wish->destination_offset) : local;
    uint64_t length = source < destination ? source : destination;
    return length < wish->length ? length : wish->length;
}

static long take_local(struct call *call, const struct transfer *wish, const struct plan *plan, const struct iovec *ranges,
                       struct work *work) {
    enum pin_mode mode = !plan->pin_local ? PIN_NOTHING : !wish->write ? PIN_WRITE : plan->offload ? PIN_READ : PIN_CALL_READ;
    return wish->is_inline ? memory_take(call, ranges, wish->range_count, mode, &work->local) : 0;
}

/* In the caller's thread. */
static uint32_t run_now(struct call *call, struct context *context, const struct plan *plan, struct work *work) {
    bool complete = work_run(work, call);
    uint32_t status = complete ? STATUS_SUCCESS : STATUS_FAILED;
    pthread_mutex_lock(&knem_lock);
    knem_statistics.failed_memcpy += !complete;
    if (plan->is_async) {
        status_store(context, work->slot, (uint8_t) status);
    }
    if (plan->notify) {
        status_notify(context, work->slot);
    }
    work_free(work);
    pthread_mutex_unlock(&knem_lock);
    return status;
}

static long give_up(struct context *context, const struct plan *plan, struct work *work, long result) {
    pthread_mutex_lock(&knem_lock);
    context->notify_used -= plan->notify;
    knem_statistics.rejected_memory += result == -ENOMEM;
    work_free(work);
    pthread_mutex_unlock(&knem_lock);
    return result;
}

static void count(const struct plan *plan) {
    knem_statistics.processed++;
    knem_statistics.processed_dma += (plan->flags & FLAG_DMA) != 0;
    knem_statistics.processed_thread += plan->offload;
    knem_statistics.processed_pinned += plan->pin_local;
}

static long start(struct call *call, struct context *context, const struct transfer *wish, const struct plan *plan,
                  const struct iovec *ranges, struct work *work, uint32_t *status) {
    pthread_mutex_lock(&knem_lock);
    long result = find_regions(call, wish, work);
    bool empty = false;
    if (result == 0) {
        work->length = length_of(wish, work, ranges);
        empty = work->length == 0;
        if (plan->is_async) {
            status_store(context, wish->slot, empty ? STATUS_SUCCESS : STATUS_PENDING);
        }
    }
    if (empty) { /* a notification is never sent, and its place in the queue is lost */
        count(plan);
        work_free(work);
        *status = plan->is_async ? STATUS_PENDING : STATUS_SUCCESS;
    }
    pthread_mutex_unlock(&knem_lock);
    if (empty) {
        return 0;
    }
    if (result != 0) {
        return give_up(context, plan, work, result);
    }
    work->takes_local = true;
    result = take_local(call, wish, plan, ranges, work);
    if (result != 0) {
        work->takes_local = false;
        knem_statistics.rejected_pin++;
        return give_up(context, plan, work, result);
    }
    pthread_mutex_lock(&knem_lock);
    count(plan);
    if (plan->offload) {
        work_submit(context, work);
    }
    pthread_mutex_unlock(&knem_lock);
    *status = plan->offload ? STATUS_PENDING : run_now(call, context, plan, work);
    return 0;
}

long knem_copy(struct call *call, struct context *context, const struct transfer *wish, uint32_t *status) {
    struct plan plan = {0};
    pthread_mutex_lock(&knem_lock);
    long result = check_flags(context, wish, &plan);
    context->notify_used += result == 0 && plan.notify;
    pthread_mutex_unlock(&knem_lock);
    if (result != 0) {
        return result;
    }
    struct work *work = calloc(1, sizeof(*work));
    struct iovec *ranges = NULL;
    result = work == NULL ? -ENOMEM : wish->is_inline ? read_ranges(call, wish->ranges, wish->range_count, &ranges) : 0;
    if (result != 0) {
        knem_statistics.rejected_argument += result == -EFAULT;
        return give_up(context, &plan, work, result);
    }
    work->is_inline = wish->is_inline;
    work->source_offset = wish->source_offset;
    work->destination_offset = wish->destination_offset;
    work->slot = wish->slot;
    work->notify = plan.notify;
    result = start(call, context, wish, &plan, ranges, work, status);
    free(ranges);
    return result;
}
