/* Reads and writes the memory of the process that called, and sees it go. */
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "server.h"

enum { END_MILLIS = 500 };

static bool is_forbidden(long result) {
    if (result < 0 && errno == EPERM) {
        fprintf(stderr, "dray emulate: the server may not reach into its client: both must have one user, or run it as root\n");
        return true;
    }
    return false;
}

static long moved(ssize_t done, size_t length) {
    return done == (ssize_t) length ? 0 : is_forbidden(done) ? -EIO : -EFAULT;
}

long client_read(const struct call *call, uint64_t address, void *into, size_t length) {
    struct iovec here = {into, length};
    struct iovec there = {(void *) address, length};
    int reach = reach_begin();
    ssize_t done = length == 0 ? 0 : process_vm_readv(call->pid, &here, 1, &there, 1, 0);
    reach_end(reach);
    return moved(done, length);
}

long client_write(const struct call *call, uint64_t address, const void *from, size_t length) {
    struct iovec here = {(void *) (uintptr_t) from, length};
    struct iovec there = {(void *) address, length};
    int reach = reach_begin();
    ssize_t done = length == 0 ? 0 : process_vm_writev(call->pid, &here, 1, &there, 1, 0);
    reach_end(reach);
    return moved(done, length);
}

static bool leaves_channel(const struct call *call, int timeout_millis) {
    struct pollfd channel = {.fd = call->channel, .events = 0};
    return poll(&channel, 1, timeout_millis) == 1;
}

/* A process that ends loses its memory first, then its locks and descriptors, and then it is seen dead. */
bool client_is_gone(const struct call *call) {
    char byte;
    struct iovec here = {&byte, 1};
    struct iovec there = {NULL, 1};
    int reach = reach_begin();
    bool has_memory = process_vm_readv(call->pid, &here, 1, &there, 1, 0) >= 0 || errno != ESRCH;
    reach_end(reach);
    return !has_memory || leaves_channel(call, 0);
}

bool client_ends(const struct call *call) { return client_is_gone(call) || leaves_channel(call, END_MILLIS); }

int client_descriptor(const struct call *call, int number) {
    int process = (int) syscall(SYS_pidfd_open, call->pid, 0);
    int copy = process < 0 ? -1 : (int) syscall(SYS_pidfd_getfd, process, number, 0);
    int problem = is_forbidden(copy) ? EPERM : errno;
    if (process >= 0) {
        close(process);
    }
    errno = problem;
    return copy;
}
