/* Calls on descriptors: ioctl, read, write, mmap. close, dup, fcntl, fork and SCM_RIGHTS need no help: a device is a socket. */
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "preload.h"

/* What the kernel answers for every descriptor before a driver is asked. */
static bool is_generic(unsigned long number) {
    return number == FIOCLEX || number == FIONCLEX || number == FIONBIO || number == FIOASYNC;
}

EXPORT int ioctl(int fd, unsigned long number, ...) {
    va_list rest;
    va_start(rest, number);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (!is_device(fd) || is_generic(number)) {
        return LIBC(ioctl)(fd, number, argument);
    }
    struct wire_request request = {.op = WIRE_IOCTL, .a = number & 0xffffffff, .b = (uintptr_t) argument};
    return (int) result_of(device_call(fd, &request, NULL, NULL));
}

long device_read(int fd, void *buffer, size_t length, int64_t offset) {
    int flags = fcntl(fd, F_GETFL);
    struct wire_request request = {.op = WIRE_READ, .a = (uintptr_t) buffer, .b = length, .c = (uint64_t) offset,
                                   .d = (flags & O_NONBLOCK) != 0};
    return device_call(fd, &request, NULL, NULL);
}

long device_write(int fd, const void *buffer, size_t length) {
    struct wire_request request = {.op = WIRE_WRITE, .a = (uintptr_t) buffer, .b = length};
    return device_call(fd, &request, NULL, NULL);
}

EXPORT ssize_t read(int fd, void *buffer, size_t length) {
    return is_device(fd) ? result_of(device_read(fd, buffer, length, -1)) : LIBC(read)(fd, buffer, length);
}

EXPORT ssize_t write(int fd, const void *buffer, size_t length) {
    return is_device(fd) ? result_of(device_write(fd, buffer, length)) : LIBC(write)(fd, buffer, length);
}

EXPORT ssize_t pread(int fd, void *buffer, size_t length, off_t offset) {
    return is_device(fd) ? result_of(device_read(fd, buffer, length, offset)) : LIBC(pread)(fd, buffer, length, offset);
}

EXPORT ssize_t pread64(int fd, void *buffer, size_t length, off64_t offset) {
    return is_device(fd) ? result_of(device_read(fd, buffer, length, offset)) : LIBC(pread64)(fd, buffer, length, offset);
}

EXPORT ssize_t pwrite(int fd, const void *buffer, size_t length, off_t offset) {
    return is_device(fd) ? result_of(device_write(fd, buffer, length)) : LIBC(pwrite)(fd, buffer, length, offset);
}

EXPORT ssize_t pwrite64(int fd, const void *buffer, size_t length, off64_t offset) {
    return is_device(fd) ? result_of(device_write(fd, buffer, length)) : LIBC(pwrite64)(fd, buffer, length, offset);
}

EXPORT ssize_t readv(int fd, const struct iovec *parts, int count) {
    if (!is_device(fd) || count <= 0) {
        return LIBC(readv)(fd, parts, count);
    }
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        long length = device_read(fd, parts[i].iov_base, parts[i].iov_len, -1);
        if (length < 0) {
            return total > 0 ? total : result_of(length);
        }
        total += length;
        if ((size_t) length < parts[i].iov_len) {
            break;
        }
    }
    return total;
}

EXPORT ssize_t writev(int fd, const struct iovec *parts, int count) {
    return is_device(fd) && count > 0 ? result_of(device_write(fd, parts[0].iov_base, parts[0].iov_len))
                                      : LIBC(writev)(fd, parts, count);
}

/* The checked names of _FORTIFY_SOURCE: libc checks the size, then the plain name above does the work. */
ssize_t __read_chk(int fd, void *buffer, size_t length, size_t size);
ssize_t __pread_chk(int fd, void *buffer, size_t length, off_t offset, size_t size);
ssize_t __pread64_chk(int fd, void *buffer, size_t length, off64_t offset, size_t size);

EXPORT ssize_t __read_chk(int fd, void *buffer, size_t length, size_t size) {
    return length <= size && is_device(fd) ? result_of(device_read(fd, buffer, length, -1))
                                           : LIBC(__read_chk)(fd, buffer, length, size);
}

EXPORT ssize_t __pread_chk(int fd, void *buffer, size_t length, off_t offset, size_t size) {
    return length <= size && is_device(fd) ? result_of(device_read(fd, buffer, length, offset))
                                           : LIBC(__pread_chk)(fd, buffer, length, offset, size);
}

EXPORT ssize_t __pread64_chk(int fd, void *buffer, size_t length, off64_t offset, size_t size) {
    return length <= size && is_device(fd) ? result_of(device_read(fd, buffer, length, offset))
                                           : LIBC(__pread64_chk)(fd, buffer, length, offset, size);
}

/* The device answers with a descriptor of real memory; mapping that is left to the kernel. */
static void *device_mmap(void *at, size_t length, int prot, int flags, int fd, off64_t offset) {
    struct wire_request request = {.op = WIRE_MMAP, .a = length, .b = (uint64_t) prot, .c = (uint64_t) flags,
                                   .d = (uint64_t) offset};
    int memory = -1;
    long result = device_call(fd, &request, &memory, NULL);
    if (result < 0 || memory < 0) {
        errno = result < 0 ? (int) -result : EIO;
        return MAP_FAILED;
    }
    void *mapped = LIBC(mmap)(at, length, prot, flags, memory, 0);
    int saved = errno;
    close(memory);
    errno = saved;
    return mapped;
}

EXPORT void *mmap(void *at, size_t length, int prot, int flags, int fd, off_t offset) {
    return (flags & MAP_ANONYMOUS) == 0 && is_device(fd) ? device_mmap(at, length, prot, flags, fd, offset)
                                                         : LIBC(mmap)(at, length, prot, flags, fd, offset);
}

EXPORT void *mmap64(void *at, size_t length, int prot, int flags, int fd, off64_t offset) {
    return (flags & MAP_ANONYMOUS) == 0 && is_device(fd) ? device_mmap(at, length, prot, flags, fd, offset)
                                                         : LIBC(mmap64)(at, length, prot, flags, fd, offset);
}
