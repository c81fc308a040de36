/*
 * Pages that stay what they are. Buffers that are registered with an io_uring are pinned, whatever the process does with its
 * address space afterwards; the server takes the ring out of this process and moves bytes through it.
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "preload.h"

void pin_ranges(int ranges_fd, uint32_t count, struct wire_pinned *answer) {
    size_t bytes = count * sizeof(struct iovec);
    memset(answer, 0, sizeof(*answer));
    answer->ring = -1;
    void *ranges = LIBC(mmap)(NULL, bytes, PROT_READ, MAP_SHARED, ranges_fd, 0);
    if (ranges == MAP_FAILED) {
        answer->error = errno;
        return;
    }
    int ring = (int) syscall(SYS_io_uring_setup, 1, &answer->geometry);
    if (ring < 0 || syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, ranges, count) != 0) {
        answer->error = errno;
        if (ring >= 0) {
            close(ring);
        }
    } else {
        answer->ring = ring;
    }
    munmap(ranges, bytes);
}
