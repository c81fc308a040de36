/* Reads and writes the memory of the process that called. */
#include <poll.h>

#include "server.h"

enum { END_MILLIS = 500 };

static long moved(ssize_t done, size_t length) {
    if (done == (ssize_t) length) {
        return 0;
    }
    if (done < 0 && errno == EPERM) {
        fprintf(stderr, "dray emulate: the server may not reach into its client: both must have one user, or run it as root\n");
        return -EIO;
    }
    return -EFAULT;
}

long client_read(const struct call *call, uint64_t address, void *into, size_t length) {
    struct iovec here = {into, length};
    struct iovec there = {(void *) address, length};
    return length == 0 ? 0 : moved(process_vm_readv(call->pid, &here, 1, &there, 1, 0), length);
}

long client_write(const struct call *call, uint64_t address, const void *from, size_t length) {
    struct iovec here = {(void *) (uintptr_t) from, length};
    struct iovec there = {(void *) address, length};
    return length == 0 ? 0 : moved(process_vm_writev(call->pid, &here, 1, &there, 1, 0), length);
}

bool client_ends(const struct call *call) {
    struct pollfd channel = {.fd = call->channel, .events = 0};
    return poll(&channel, 1, END_MILLIS) == 1;
}
