/* Calls on file descriptors. Nothing retries EINTR; each comment says whether it can come at all. */
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "native.h"
#include "org_dray_linux_Descriptors.h"

SAME(Descriptors, O_RDONLY);
SAME(Descriptors, O_WRONLY);
SAME(Descriptors, O_RDWR);
SAME(Descriptors, O_CREAT);
SAME(Descriptors, O_EXCL);
SAME(Descriptors, O_TRUNC);
SAME(Descriptors, O_APPEND);
SAME(Descriptors, O_NONBLOCK);
SAME(Descriptors, O_CLOEXEC);
SAME(Descriptors, POLLIN);
SAME(Descriptors, POLLOUT);
SAME(Descriptors, POLLERR);
SAME(Descriptors, POLLHUP);
SAME(Descriptors, POLLNVAL);
SAME(Descriptors, F_DUPFD_CLOEXEC);
SAME(Descriptors, F_GETFD);
SAME(Descriptors, F_SETFD);
SAME(Descriptors, F_GETFL);
SAME(Descriptors, F_SETFL);
SAME(Descriptors, FD_CLOEXEC);
SAME(Descriptors, FALLOC_FL_KEEP_SIZE);
SAME(Descriptors, FALLOC_FL_PUNCH_HOLE);
SAME_SIZE(Descriptors, POLLFD_BYTES, struct pollfd);
SAME_OFFSET(Descriptors, POLLFD_EVENTS, struct pollfd, events);
SAME_OFFSET(Descriptors, POLLFD_REVENTS, struct pollfd, revents);

/* EINTR: possible for FIFOs and slow devices. */
NATIVE(jint, open0)(UNUSED_JNI, jlong path, jint flags, jint mode) {
    return int_result(open(pointer(path), flags, (mode_t) mode));
}

/* EINTR: Linux has released the number all the same, so a second close would hit a stranger's descriptor. */
NATIVE(jint, close0)(UNUSED_JNI, jint fd) {
    return int_result(close(fd));
}

/* EINTR: possible for pipes, sockets and devices as long as nothing was transferred; so for the next three. */
NATIVE(jlong, read0)(UNUSED_JNI, jint fd, jlong address, jlong length) {
    return long_result(read(fd, pointer(address), (size_t) length));
}

NATIVE(jlong, write0)(UNUSED_JNI, jint fd, jlong address, jlong length) {
    return long_result(write(fd, pointer(address), (size_t) length));
}

NATIVE(jlong, pread0)(UNUSED_JNI, jint fd, jlong address, jlong length, jlong offset) {
    return long_result(pread(fd, pointer(address), (size_t) length, offset));
}

NATIVE(jlong, pwrite0)(UNUSED_JNI, jint fd, jlong address, jlong length, jlong offset) {
    return long_result(pwrite(fd, pointer(address), (size_t) length, offset));
}

/* EINTR: the driver decides, and only the caller knows whether the request may be repeated. */
NATIVE(jint, ioctl0)(UNUSED_JNI, jint fd, jlong request, jlong argument) {
    return int_result(ioctl(fd, (unsigned long) request, pointer(argument)));
}

/* EINTR: always possible, also with handlers that restart calls; the caller knows how much of its time is left. */
NATIVE(jint, poll0)(UNUSED_JNI, jlong pollfds, jint count, jint timeout_millis) {
    return int_result(poll(pointer(pollfds), (nfds_t) count, timeout_millis));
}

/*
 * The same for one descriptor, without memory of the caller's: the events that came, 0 after the time-out. poll passes over
 * negative numbers, which for a single one would mean to wait for nothing.
 */
NATIVE(jint, pollOne0)(UNUSED_JNI, jint fd, jint events, jint timeout_millis) {
    struct pollfd one = {fd, (short) events, 0};
    if (fd < 0) {
        return -EBADF;
    }
    return poll(&one, 1, timeout_millis) >= 0 ? one.revents : -errno;
}

/* For the commands whose argument is a number; locks are in locks.c. EINTR: not for these. */
NATIVE(jint, fcntl0)(UNUSED_JNI, jint fd, jint command, jlong argument) {
    return int_result(fcntl(fd, command, argument));
}

/* EINTR: possible on network file systems. */
NATIVE(jint, ftruncate0)(UNUSED_JNI, jint fd, jlong length) {
    return int_result(ftruncate(fd, length));
}

/* EINTR: possible; what was allocated until then stays allocated. */
NATIVE(jint, fallocate0)(UNUSED_JNI, jint fd, jint mode, jlong offset, jlong length) {
    return int_result(fallocate(fd, mode, offset, length));
}
