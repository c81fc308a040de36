/*
 * Waiting. Readable is real: the server puts a byte into the connection while there is something to read. What only the driver
 * knows is asked before the kernel waits.
 */
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "preload.h"

short device_poll(int fd) {
    struct wire_request request = {.op = WIRE_POLL};
    long events = device_call(fd, &request, NULL, NULL);
    return events < 0 ? POLLERR : (short) events;
}

/* Whether a device among these reports something at once. Devices that have nothing are left to the kernel. */
static int poll_devices(struct pollfd *entries, nfds_t count) {
    int ready = 0;
    for (nfds_t i = 0; i < count; i++) {
        entries[i].revents = 0;
        if (is_device(entries[i].fd)) {
            entries[i].revents = (short) (device_poll(entries[i].fd) & (entries[i].events | POLLERR | POLLHUP));
            ready += entries[i].revents != 0;
        }
    }
    return ready;
}

EXPORT int poll(struct pollfd *entries, nfds_t count, int timeout_millis) {
    int ready = poll_devices(entries, count);
    return ready > 0 ? ready : LIBC(poll)(entries, count, timeout_millis);
}

EXPORT int ppoll(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
    int ready = poll_devices(entries, count);
    return ready > 0 ? ready : LIBC(ppoll)(entries, count, timeout, mask);
}

int __poll_chk(struct pollfd *entries, nfds_t count, int timeout_millis, size_t size);
int __ppoll_chk(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask, size_t size);

EXPORT int __poll_chk(struct pollfd *entries, nfds_t count, int timeout_millis, size_t size) {
    int ready = size / sizeof(*entries) >= count ? poll_devices(entries, count) : 0;
    return ready > 0 ? ready : LIBC(__poll_chk)(entries, count, timeout_millis, size);
}

EXPORT int __ppoll_chk(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask,
                       size_t size) {
    int ready = size / sizeof(*entries) >= count ? poll_devices(entries, count) : 0;
    return ready > 0 ? ready : LIBC(__ppoll_chk)(entries, count, timeout, mask, size);
}

/* The device learns that it is selected on; an error of its own makes it readable, which the kernel cannot see here. */
static int select_devices(int count, fd_set *reading, fd_set *writing, fd_set *failing) {
    for (int fd = 0; fd < count; fd++) {
        bool asked = (reading != NULL && FD_ISSET(fd, reading)) || (writing != NULL && FD_ISSET(fd, writing)) ||
                     (failing != NULL && FD_ISSET(fd, failing));
        if (asked && is_device(fd) && (device_poll(fd) & POLLERR) != 0 && reading != NULL && FD_ISSET(fd, reading)) {
            FD_ZERO(reading);
            FD_SET(fd, reading);
            if (writing != NULL) {
                FD_ZERO(writing);
            }
            if (failing != NULL) {
                FD_ZERO(failing);
            }
            return 1;
        }
    }
    return 0;
}

EXPORT int select(int count, fd_set *reading, fd_set *writing, fd_set *failing, struct timeval *timeout) {
    int ready = select_devices(count, reading, writing, failing);
    return ready > 0 ? ready : LIBC(select)(count, reading, writing, failing, timeout);
}

EXPORT int pselect(int count, fd_set *reading, fd_set *writing, fd_set *failing, const struct timespec *timeout,
                   const sigset_t *mask) {
    int ready = select_devices(count, reading, writing, failing);
    return ready > 0 ? ready : LIBC(pselect)(count, reading, writing, failing, timeout, mask);
}

EXPORT int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event) {
    if (operation != EPOLL_CTL_DEL && is_device(fd)) {
        device_poll(fd);
    }
    return LIBC(epoll_ctl)(epoll, operation, fd, event);
}
