/* Inside a process that sees emulated devices. Nothing here keeps state about descriptors: what a descriptor is, it says itself. */
#ifndef DRAY_PRELOAD_H
#define DRAY_PRELOAD_H

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "wire.h"

#define EXPORT __attribute__((visibility("default")))

/* The function that this library stands in front of. Looked up once: a lookup takes a lock that a thread in dlopen holds. */
#define LIBC(name) \
    (__extension__({ \
        static void *known; \
        void *found = __atomic_load_n(&known, __ATOMIC_RELAXED); \
        if (found == NULL) { \
            found = libc_function(#name); \
            __atomic_store_n(&known, found, __ATOMIC_RELAXED); \
        } \
        (__typeof__(&name)) found; \
    }))

void *libc_function(const char *name);

/* Whether this path names an emulated device, and whether this descriptor is one. Neither changes errno. */
bool is_device_path(const char *path);
bool is_device(int fd);
bool is_empty_path(const char *path);

/* Sets errno from a result that may be -errno. */
long result_of(long result);

/* One call on the device; >= 0 or -errno. A descriptor that comes with the answer goes to received, if that is not NULL. */
long device_call(int fd, const struct wire_request *request, int *received, uint64_t *extra);

int device_open(const char *path, int flags);
long device_at_path(const char *path, struct wire_request *request, uint64_t *extra);
int device_stat(const char *path, struct stat *out);
long device_read(int fd, void *buffer, size_t length, int64_t offset);
long device_write(int fd, const void *buffer, size_t length);

/* POLLIN and so on that the device would report for itself beside what the kernel sees; 0 for nothing. */
short device_poll(int fd);

/* Registers the ranges of a PIN request in a ring of its own. */
void pin_ranges(int ranges_fd, uint32_t count, struct wire_pinned *answer);

#endif
