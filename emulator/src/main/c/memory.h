/* A list of byte ranges that copies move between: pinned pages of a process, or addresses in it. */
#ifndef DRAY_MEMORY_H
#define DRAY_MEMORY_H

#include <pthread.h>

#include "server.h"

/* Registered buffers of one ring: as many as Linux takes, each of at most a gigabyte. */
enum { MEMORY_MOST_BUFFERS = 1 << 14 };

struct segment {
    uint64_t base;
    uint64_t length;
};

/* Addresses; the kernel fills in these. */
struct zero_range {
    uint64_t start, end, categories;
};

struct memory {
    uint64_t bytes;
    uint32_t count;
    struct segment *segments;
    int ring; /* holds the pages; -1: plain addresses of process pid */
    struct io_uring_params geometry;
    pthread_mutex_t ring_lock;
    struct zero_range *zeros; /* read as zeros for ever */
    uint32_t zero_count;
    pid_t pid;
    int process; /* a pidfd where the memory outlives the call, else -1 */
};

enum pin_mode {
    PIN_WRITE, /* pages that will be written */
    PIN_READ, /* pages that are only read: never written ones stay zero, read-only mappings are followed by address */
    PIN_CALL_READ, /* readable addresses for the time of the call */
    PIN_NOTHING /* addresses, unchecked */
};

/* 0, -EFAULT, -ENOMEM or another -errno. Empty ranges are left out. After success memory_free is due. */
long memory_take(struct call *call, const struct iovec *ranges, uint32_t count, enum pin_mode mode, struct memory *out);
void memory_free(struct memory *memory);

/* Notes the pages that were never written; what was read from there becomes zero again. */
void memory_note_zero_pages(struct memory *memory);
void memory_keep_zero(const struct memory *memory, uint64_t address, uint64_t length, char *bytes);

/* False once Linux, before 6.7, could not tell. */
extern bool memory_sees_zero_pages;

/* Copies; how many bytes arrived before one side could not go on, or the caller was gone. NULL: the driver's own thread. */
uint64_t memory_copy(struct memory *to, uint64_t to_offset, struct memory *from, uint64_t from_offset, uint64_t length,
                     const struct call *caller);

/* How often this run could only follow addresses where the driver pins pages, and met a limit of io_uring. */
extern unsigned memory_followed_addresses;
extern unsigned memory_too_many_segments;

#endif
