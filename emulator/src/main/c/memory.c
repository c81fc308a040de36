/* Taking memory: checks and pins the ranges that a client named. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE_BYTES = 4096, PROBES = 512 };
static const uint64_t BUFFER_BYTES = UINT64_C(1) << 30;

unsigned memory_followed_addresses;
unsigned memory_too_many_segments;

static long split(const struct iovec *ranges, uint32_t count, struct memory *out) {
    size_t needed = 0;
    for (uint32_t i = 0; i < count; i++) {
        needed += (ranges[i].iov_len + BUFFER_BYTES - 1) / BUFFER_BYTES;
    }
    out->segments = calloc(needed == 0 ? 1 : needed, sizeof(*out->segments));
    if (out->segments == NULL) {
        return -ENOMEM;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t base = (uint64_t) ranges[i].iov_base;
        uint64_t left = ranges[i].iov_len;
        while (left > 0) {
            uint64_t part = left < BUFFER_BYTES ? left : BUFFER_BYTES;
            out->segments[out->count++] = (struct segment) {base, part};
            out->bytes += part;
            base += part;
            left -= part;
        }
    }
    return 0;
}

/* Asks the calling process to register the segments, and takes the ring out of it. */
static long pin(struct call *call, struct memory *memory) {
    if (memory->count > MEMORY_MOST_BUFFERS) {
        __atomic_fetch_add(&memory_too_many_segments, 1, __ATOMIC_RELAXED);
        return -ENOMEM;
    }
    size_t bytes = memory->count * sizeof(struct segment);
    int ranges = memfd_create("dray-ranges", MFD_CLOEXEC);
    if (ranges < 0 || write(ranges, memory->segments, bytes) != (ssize_t) bytes) {
        return -ENOMEM;
    }
    struct wire_reply ask = {.kind = WIRE_PIN, .count = memory->count};
    struct iovec data = {&ask, sizeof(ask)};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof(control));
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control)};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(rights), &ranges, sizeof(int));
    ssize_t sent = sendmsg(call->channel, &message, MSG_NOSIGNAL);
    close(ranges);
    struct wire_pinned answer;
    if (sent < 0 || recv(call->channel, &answer, sizeof(answer), 0) != (ssize_t) sizeof(answer)) {
        return -EIO;
    }
    if (answer.ring < 0) {
        return answer.error == ENOMEM ? -ENOMEM : -EFAULT;
    }
    memory->ring = client_descriptor(call, answer.ring);
    memory->geometry = answer.geometry;
    return memory->ring >= 0 ? 0 : errno == EMFILE ? -ENOMEM : -EIO;
}

/* Whether every page of every segment can be read now. */
static long probe(const struct memory *memory) {
    char bytes[PROBES];
    struct iovec there[PROBES];
    int waiting = 0;
    for (uint32_t i = 0; i < memory->count; i++) {
        const struct segment *at = &memory->segments[i];
        uint64_t end = at->base + at->length;
        for (uint64_t address = at->base; address < end; address = (address | (PAGE_BYTES - 1)) + 1) {
            there[waiting++] = (struct iovec) {(void *) address, 1};
            bool last = i == memory->count - 1 && (address | (PAGE_BYTES - 1)) + 1 >= end;
            if (waiting == PROBES || last) {
                struct iovec here = {bytes, (size_t) waiting};
                int reach = reach_begin();
                ssize_t readable = process_vm_readv(memory->pid, &here, 1, there, (unsigned long) waiting, 0);
                reach_end(reach);
                if (readable != waiting) {
                    return -EFAULT;
                }
                waiting = 0;
            }
        }
    }
    return 0;
}

static long take(struct call *call, enum pin_mode mode, struct memory *memory) {
    if (memory->count == 0 || mode == PIN_NOTHING) {
        return 0;
    }
    if (mode == PIN_CALL_READ) {
        return probe(memory);
    }
    if (mode == PIN_READ) { /* reading makes the pages present, as the driver does */
        long readable = probe(memory);
        if (readable != 0) {
            return readable;
        }
        memory_note_zero_pages(memory);
    }
    long result = pin(call, memory);
    if (result != -EFAULT || mode == PIN_WRITE) {
        return result;
    }
    __atomic_fetch_add(&memory_followed_addresses, 1, __ATOMIC_RELAXED);
    memory->process = (int) syscall(SYS_pidfd_open, call->pid, 0);
    return memory->process >= 0 ? 0 : -ENOMEM;
}

long memory_take(struct call *call, const struct iovec *ranges, uint32_t count, enum pin_mode mode, struct memory *out) {
    memset(out, 0, sizeof(*out));
    pthread_mutex_init(&out->ring_lock, NULL);
    out->ring = -1;
    out->process = -1;
    out->pid = call->pid;
    long result = split(ranges, count, out);
    if (result == 0) {
        result = take(call, mode, out);
    }
    if (result != 0) {
        memory_free(out);
    }
    return result;
}

void memory_free(struct memory *memory) {
    free(memory->segments);
    free(memory->zeros);
    if (memory->ring >= 0) {
        close(memory->ring);
    }
    if (memory->process >= 0) {
        close(memory->process);
    }
    pthread_mutex_destroy(&memory->ring_lock);
}
