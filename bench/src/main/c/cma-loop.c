/*
 * What engine.copy of the backend cma is compared with: the same system calls in a loop, nothing else.
 *
 *   cma-loop PID REMOTE_ADDRESS LOCK_FILE MAX_BYTES
 *
 * Each line "BYTES COPIES PROVE" on standard input makes so many copies of so many bytes, with (PROVE 1) or without
 * (PROVE 0) asking for the owner's lock after each, and prints the nanoseconds they took.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

/* A second thread makes the kernel count references to descriptors, as it does in every JVM. */
static void *idle(void *nothing) {
    for (;;) {
        pause();
    }
    return nothing;
}

static void copy(pid_t pid, void *local, void *remote, size_t bytes) {
    struct iovec to = {local, bytes};
    struct iovec from = {remote, bytes};
    if (process_vm_readv(pid, &to, 1, &from, 1, 0) != (ssize_t) bytes) {
        fail("process_vm_readv");
    }
}

static void prove(pid_t pid, int lock_file) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(lock_file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK || lock.l_pid != pid) {
        fail("F_GETLK");
    }
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: cma-loop PID REMOTE_ADDRESS LOCK_FILE MAX_BYTES\n");
        return 2;
    }
    pid_t pid = atoi(arguments[1]);
    void *remote = (void *) strtoul(arguments[2], NULL, 10);
    int lock_file = open(arguments[3], O_RDONLY | O_CLOEXEC);
    size_t max_bytes = strtoul(arguments[4], NULL, 10);
    void *local = NULL;
    pthread_t thread;
    if (lock_file < 0) {
        fail(arguments[3]);
    }
    if (posix_memalign(&local, 2 << 20, max_bytes) != 0 || pthread_create(&thread, NULL, idle, NULL) != 0) {
        fail("start");
    }
    madvise(local, max_bytes, MADV_HUGEPAGE);
    memset(local, 1, max_bytes);

    long bytes;
    long copies;
    int proven;
    while (scanf("%ld %ld %d", &bytes, &copies, &proven) == 3) {
        long start = now();
        for (long i = 0; i < copies; i++) {
            copy(pid, local, remote, (size_t) bytes);
            if (proven) {
                prove(pid, lock_file);
            }
        }
        printf("%ld\n", now() - start);
        fflush(stdout);
    }
    return 0;
}
