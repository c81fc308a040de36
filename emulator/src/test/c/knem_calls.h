/*
 * /dev/knem by hand: arguments are bytes put together at the offsets of the documented interface, with nothing of the emulator's
 * or of Dray's. For checks that can run on a genuine module, too.
 */
#ifndef DRAY_KNEM_CALLS_H
#define DRAY_KNEM_CALLS_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { READ_ONLY = 1, WRITE_ONLY = 2, READ_WRITE = 3 };
enum { DMA = 1, ASYNC_DMA = 2, DMA_THREAD = 4, THREAD = 8, PIN = 0x10, SINGLE_USE = 0x20, NOTIFY = 0x40, ANY_USER = 0x80 };
enum { PENDING = 0, SUCCESS = 1, FAILED = 2, UNTOUCHED = 77 };

struct range_bytes {
    uint8_t bytes[16];
};

static inline void put32(uint8_t *at, uint32_t value) { memcpy(at, &value, 4); }
static inline void put64(uint8_t *at, uint64_t value) { memcpy(at, &value, 8); }

static inline uint32_t get32(const uint8_t *at) {
    uint32_t value;
    memcpy(&value, at, 4);
    return value;
}

static inline uint64_t get64(const uint8_t *at) {
    uint64_t value;
    memcpy(&value, at, 8);
    return value;
}

static inline struct range_bytes range(const void *base, uint64_t length) {
    struct range_bytes out;
    put64(out.bytes, (uint64_t) (uintptr_t) base);
    put64(out.bytes + 8, length);
    return out;
}

/* 0 or -errno, for all calls. */
static inline int called(int result) { return result == -1 ? -errno : result; }

static inline int create(int fd, const struct range_bytes *ranges, uint32_t count, uint32_t protection, uint32_t flags,
                         uint64_t *cookie) {
    uint8_t argument[32] = {0};
    put64(argument, (uint64_t) (uintptr_t) ranges);
    put32(argument + 8, count);
    put32(argument + 12, flags);
    put32(argument + 16, protection);
    put64(argument + 24, *cookie);
    int result = called(ioctl(fd, 0xc0204b21, argument));
    *cookie = get64(argument + 24);
    return result;
}

static inline int create_one(int fd, const void *base, uint64_t length, uint32_t protection, uint32_t flags,
                             uint64_t *cookie) {
    struct range_bytes one = range(base, length);
    return create(fd, &one, 1, protection, flags, cookie);
}

static inline int destroy(int fd, uint64_t cookie) {
    uint8_t argument[8];
    put64(argument, cookie);
    return called(ioctl(fd, 0x80084b22, argument));
}

struct copy {
    uint64_t source, source_offset, destination, destination_offset;
    uint64_t length; /* UINT64_MAX: the plain command */
    uint32_t flags, slot, status;
};

static inline int finish_copy(int fd, uint64_t plain, uint64_t bounded, uint8_t *argument, uint64_t length, uint32_t flags,
                              uint32_t slot, uint32_t *status) {
    int at = 32;
    if (length != UINT64_MAX) {
        put64(argument + at, length);
        at += 8;
    }
    put32(argument + at, flags);
    put32(argument + at + 4, UNTOUCHED);
    put32(argument + at + 8, slot);
    int result = called(ioctl(fd, length == UINT64_MAX ? plain : bounded, argument));
    *status = get32(argument + at + 4);
    return result;
}

static inline int copy(int fd, struct copy *wish) {
    uint8_t argument[56] = {0};
    put64(argument, wish->source);
    put64(argument + 8, wish->source_offset);
    put64(argument + 16, wish->destination);
    put64(argument + 24, wish->destination_offset);
    return finish_copy(fd, 0x80304b32, 0x80384b34, argument, wish->length, wish->flags, wish->slot, &wish->status);
}

struct inline_copy {
    const struct range_bytes *ranges;
    uint32_t count, write;
    uint64_t remote, offset;
    uint64_t length; /* UINT64_MAX: the plain command */
    uint32_t flags, slot, status;
};

static inline int inline_copy(int fd, struct inline_copy *wish) {
    uint8_t argument[56] = {0};
    put64(argument, (uint64_t) (uintptr_t) wish->ranges);
    put32(argument + 8, wish->count);
    put32(argument + 12, wish->write);
    put64(argument + 16, wish->remote);
    put64(argument + 24, wish->offset);
    return finish_copy(fd, 0x80304b33, 0x80384b35, argument, wish->length, wish->flags, wish->slot, &wish->status);
}

/* Whole buffers, in the calling thread. */
static inline int fetch(int fd, uint64_t cookie, uint64_t offset, void *into, uint64_t length, uint32_t *status) {
    struct range_bytes one = range(into, length);
    struct inline_copy wish = {.ranges = &one, .count = 1, .remote = cookie, .offset = offset, .length = UINT64_MAX};
    int result = inline_copy(fd, &wish);
    *status = wish.status;
    return result;
}

static inline int put(int fd, uint64_t cookie, uint64_t offset, const void *from, uint64_t length, uint32_t *status) {
    struct range_bytes one = range(from, length);
    struct inline_copy wish = {.ranges = &one, .count = 1, .write = 1, .remote = cookie, .offset = offset,
                               .length = UINT64_MAX};
    int result = inline_copy(fd, &wish);
    *status = wish.status;
    return result;
}

static inline volatile uint8_t *map_status(int fd, size_t length) {
    return mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

#endif
