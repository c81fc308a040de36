/* open and what else takes a path, under all the names that glibc has for it. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "preload.h"

/* The optional mode is read as glibc reads it: only where the flags ask for it. */
#define MODE_AFTER(flags) \
    mode_t mode = 0; \
    if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

#define OPEN(name) \
    EXPORT int name(const char *path, int flags, ...) { \
        MODE_AFTER(flags) \
        return is_device_path(path) ? device_open(path, flags) : LIBC(name)(path, flags, mode); \
    }
#define OPENAT(name) \
    EXPORT int name(int dir, const char *path, int flags, ...) { \
        MODE_AFTER(flags) \
        return is_device_path(path) ? device_open(path, flags) : LIBC(name)(dir, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int dir, const char *path, int flags);
int __openat64_2(int dir, const char *path, int flags);

EXPORT int __open_2(const char *path, int flags) {
    return is_device_path(path) ? device_open(path, flags) : LIBC(__open_2)(path, flags);
}

EXPORT int __open64_2(const char *path, int flags) {
    return is_device_path(path) ? device_open(path, flags) : LIBC(__open64_2)(path, flags);
}

EXPORT int __openat_2(int dir, const char *path, int flags) {
    return is_device_path(path) ? device_open(path, flags) : LIBC(__openat_2)(dir, path, flags);
}

EXPORT int __openat64_2(int dir, const char *path, int flags) {
    return is_device_path(path) ? device_open(path, flags) : LIBC(__openat64_2)(dir, path, flags);
}

EXPORT int creat(const char *path, mode_t mode) {
    return is_device_path(path) ? device_open(path, O_WRONLY | O_CREAT | O_TRUNC) : LIBC(creat)(path, mode);
}

EXPORT int creat64(const char *path, mode_t mode) {
    return is_device_path(path) ? device_open(path, O_WRONLY | O_CREAT | O_TRUNC) : LIBC(creat64)(path, mode);
}

/* stdio calls read and write inside libc, where nobody can stand in front of them. */
static ssize_t stream_read(void *cookie, char *buffer, size_t length) {
    return result_of(device_read((int) (intptr_t) cookie, buffer, length, -1));
}

static ssize_t stream_write(void *cookie, const char *buffer, size_t length) {
    return result_of(device_write((int) (intptr_t) cookie, buffer, length));
}

static int stream_close(void *cookie) { return close((int) (intptr_t) cookie); }

static FILE *device_stream(const char *path, const char *mode) {
    int flags = strchr(mode, '+') != NULL ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
    int fd = device_open(path, flags | O_CLOEXEC);
    if (fd < 0) {
        return NULL;
    }
    cookie_io_functions_t functions = {.read = stream_read, .write = stream_write, .close = stream_close};
    return fopencookie((void *) (intptr_t) fd, mode, functions);
}

EXPORT FILE *fopen(const char *path, const char *mode) {
    return is_device_path(path) ? device_stream(path, mode) : LIBC(fopen)(path, mode);
}

EXPORT FILE *fopen64(const char *path, const char *mode) {
    return is_device_path(path) ? device_stream(path, mode) : LIBC(fopen64)(path, mode);
}

static long check_access(const char *path, int mode, bool effective) {
    struct wire_request request = {.op = WIRE_ACCESS, .a = (uint64_t) mode, .b = effective};
    return device_at_path(path, &request, NULL);
}

EXPORT int access(const char *path, int mode) {
    return is_device_path(path) ? (int) result_of(check_access(path, mode, false)) : LIBC(access)(path, mode);
}

EXPORT int euidaccess(const char *path, int mode) {
    return is_device_path(path) ? (int) result_of(check_access(path, mode, true)) : LIBC(euidaccess)(path, mode);
}

EXPORT int eaccess(const char *path, int mode) {
    return is_device_path(path) ? (int) result_of(check_access(path, mode, true)) : LIBC(eaccess)(path, mode);
}

EXPORT int faccessat(int dir, const char *path, int mode, int flags) {
    return is_device_path(path) ? (int) result_of(check_access(path, mode, (flags & AT_EACCESS) != 0))
                                : LIBC(faccessat)(dir, path, mode, flags);
}
