/* Moves bytes between two memories through a bounce buffer: a memfd, which a ring can read and write as a file. */
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "memory.h"

enum { BOUNCE_BYTES = 1 << 16 };

struct bounce {
    int fd;
    char *bytes;
};

static struct bounce idle[8];
static unsigned idle_count;
static pthread_mutex_t idle_lock = PTHREAD_MUTEX_INITIALIZER;

static bool bounce_take(struct bounce *out) {
    pthread_mutex_lock(&idle_lock);
    bool reused = idle_count > 0;
    if (reused) {
        *out = idle[--idle_count];
    }
    pthread_mutex_unlock(&idle_lock);
    if (reused) {
        return true;
    }
    out->fd = memfd_create("dray-bounce", MFD_CLOEXEC);
    if (out->fd < 0 || ftruncate(out->fd, BOUNCE_BYTES) != 0) {
        return false;
    }
    out->bytes = mmap(NULL, BOUNCE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, out->fd, 0);
    return out->bytes != MAP_FAILED;
}

static void bounce_return(const struct bounce *bounce) {
    pthread_mutex_lock(&idle_lock);
    bool kept = idle_count < sizeof(idle) / sizeof(idle[0]);
    if (kept) {
        idle[idle_count++] = *bounce;
    }
    pthread_mutex_unlock(&idle_lock);
    if (!kept) {
        munmap(bounce->bytes, BOUNCE_BYTES);
        close(bounce->fd);
    }
}

/* One operation of a ring that another process made, in this thread. */
static long ring_run(struct memory *memory, const struct io_uring_sqe *operation) {
    const struct io_uring_params *at = &memory->geometry;
    size_t submission = at->sq_off.array + at->sq_entries * sizeof(uint32_t);
    size_t completion = at->cq_off.cqes + at->cq_entries * sizeof(struct io_uring_cqe);
    size_t size = submission > completion ? submission : completion;
    char *rings = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory->ring, IORING_OFF_SQ_RING);
    struct io_uring_sqe *entries = mmap(NULL, sizeof(*entries), PROT_READ | PROT_WRITE, MAP_SHARED, memory->ring,
                                        IORING_OFF_SQES);
    long result = -ENOMEM;
    if (rings != MAP_FAILED && entries != MAP_FAILED) {
        uint32_t *tail = (uint32_t *) (void *) (rings + at->sq_off.tail);
        uint32_t *head = (uint32_t *) (void *) (rings + at->cq_off.head);
        struct io_uring_cqe *done = (struct io_uring_cqe *) (void *) (rings + at->cq_off.cqes);
        *entries = *operation;
        *(uint32_t *) (void *) (rings + at->sq_off.array) = 0;
        __atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
        result = syscall(SYS_io_uring_enter, memory->ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
        uint32_t *ready = (uint32_t *) (void *) (rings + at->cq_off.tail);
        while (__atomic_load_n(ready, __ATOMIC_ACQUIRE) == *head) {
            syscall(SYS_io_uring_enter, memory->ring, 0, 1, IORING_ENTER_GETEVENTS, NULL, 0);
        }
        result = done[*head & (at->cq_entries - 1)].res;
        __atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
    }
    if (rings != MAP_FAILED) {
        munmap(rings, size);
    }
    if (entries != MAP_FAILED) {
        munmap(entries, sizeof(*entries));
    }
    return result;
}

static long ring_piece(struct memory *memory, uint32_t index, uint64_t address, uint64_t length, bool store,
                       const struct bounce *bounce, uint64_t at) {
    struct io_uring_sqe operation;
    memset(&operation, 0, sizeof(operation));
    operation.opcode = store ? IORING_OP_READ_FIXED : IORING_OP_WRITE_FIXED;
    operation.fd = bounce->fd;
    operation.addr = address;
    operation.len = (uint32_t) length;
    operation.off = at;
    operation.buf_index = (uint16_t) index;
    pthread_mutex_lock(&memory->ring_lock);
    long result = ring_run(memory, &operation);
    pthread_mutex_unlock(&memory->ring_lock);
    return result;
}

static bool is_alive(const struct memory *memory) {
    struct pollfd process = {.fd = memory->process, .events = POLLIN};
    return memory->process < 0 || poll(&process, 1, 0) == 0;
}

static long address_piece(const struct memory *memory, uint64_t address, uint64_t length, bool store,
                          const struct bounce *bounce, uint64_t at) {
    struct iovec here = {bounce->bytes + at, length};
    struct iovec there = {(void *) address, length};
    if (!is_alive(memory)) {
        return -EFAULT;
    }
    int reach = reach_begin();
    long moved = store ? process_vm_writev(memory->pid, &here, 1, &there, 1, 0)
                       : process_vm_readv(memory->pid, &here, 1, &there, 1, 0);
    reach_end(reach);
    return moved;
}

/* Between the memory at this offset and the beginning of the bounce buffer; the bytes that moved. */
static uint64_t transfer(struct memory *memory, uint64_t offset, uint64_t length, bool store, const struct bounce *bounce) {
    uint64_t done = 0;
    for (uint32_t i = 0; i < memory->count && done < length; i++) {
        const struct segment *segment = &memory->segments[i];
        if (offset >= segment->length) {
            offset -= segment->length;
            continue;
        }
        uint64_t part = segment->length - offset < length - done ? segment->length - offset : length - done;
        long moved = memory->ring >= 0 ? ring_piece(memory, i, segment->base + offset, part, store, bounce, done)
                                       : address_piece(memory, segment->base + offset, part, store, bounce, done);
        if (!store && moved > 0) {
            memory_keep_zero(memory, segment->base + offset, (uint64_t) moved, bounce->bytes + done);
        }
        done += moved > 0 ? (uint64_t) moved : 0;
        if (moved != (long) part) {
            break;
        }
        offset = 0;
    }
    return done;
}

/* The driver copies all for a killed caller, which others see dead only then. Here it is dead at once, so bytes must stop. */
uint64_t memory_copy(struct memory *to, uint64_t to_offset, struct memory *from, uint64_t from_offset, uint64_t length,
                     const struct call *caller) {
    struct bounce bounce;
    if (!bounce_take(&bounce)) {
        return 0;
    }
    uint64_t done = 0;
    while (done < length) {
        uint64_t part = length - done < BOUNCE_BYTES ? length - done : BOUNCE_BYTES;
        uint64_t read = transfer(from, from_offset + done, part, false, &bounce);
        if (caller != NULL && client_is_gone(caller)) {
            break;
        }
        uint64_t written = transfer(to, to_offset + done, read, true, &bounce);
        done += written;
        if (written < part) {
            break;
        }
    }
    bounce_return(&bounce);
    return done;
}
