/*
 * The natives without a JVM: what a call answers comes out unchanged, what it refuses comes out as -errno, and arguments arrive
 * where they belong. Every libc function below is replaced at link time (--wrap); the library is built with sanitizers.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "native.h"
#include "org_dray_linux_Locks.h"
#include "org_dray_linux_Sysconf.h"

#define CALL(name, ...) Java_org_dray_linux_Native_##name(NULL, NULL, ##__VA_ARGS__)

static int failures;
static int checks;

#define EXPECT(actual, expected) expect((long long) (actual), (long long) (expected), #actual, __LINE__)

static void expect(long long actual, long long expected, const char *what, int line) {
    checks++;
    if (actual != expected) {
        failures++;
        fprintf(stderr, "natives_test.c:%d: %s is %lld, expected %lld\n", line, what, actual, expected);
    }
}

/* The next call is refused with this error, or answers this. */
static int refusal;
static long answer;

static long result(void) {
    if (refusal != 0) {
        errno = refusal;
        return -1;
    }
    return answer;
}

#define REPLACE_INT(name, ...) \
    int __wrap_##name(__VA_ARGS__); \
    int __wrap_##name(__VA_ARGS__) { return (int) result(); }
#define REPLACE_LONG(name, ...) \
    ssize_t __wrap_##name(__VA_ARGS__); \
    ssize_t __wrap_##name(__VA_ARGS__) { return result(); }
#define REPLACE_MAPPING(name, ...) \
    void *__wrap_##name(__VA_ARGS__); \
    void *__wrap_##name(__VA_ARGS__) { return (void *) result(); }
#define ANY __attribute__((unused))

REPLACE_INT(open, ANY const char *path, ANY int flags, ...)
REPLACE_INT(close, ANY int fd)
REPLACE_LONG(read, ANY int fd, ANY void *to, ANY size_t length)
REPLACE_LONG(write, ANY int fd, ANY const void *from, ANY size_t length)
REPLACE_LONG(pread, ANY int fd, ANY void *to, ANY size_t length, ANY off_t offset)
REPLACE_LONG(pwrite, ANY int fd, ANY const void *from, ANY size_t length, ANY off_t offset)
REPLACE_INT(ioctl, ANY int fd, ANY unsigned long request, ...)
REPLACE_INT(ftruncate, ANY int fd, ANY off_t length)
REPLACE_INT(fallocate, ANY int fd, ANY int mode, ANY off_t offset, ANY off_t length)
REPLACE_MAPPING(mmap, ANY void *at, ANY size_t length, ANY int protection, ANY int flags, ANY int fd, ANY off_t offset)
REPLACE_MAPPING(mremap, ANY void *at, ANY size_t old, ANY size_t length, ANY int flags, ...)
REPLACE_INT(munmap, ANY void *at, ANY size_t length)
REPLACE_INT(madvise, ANY void *at, ANY size_t length, ANY int advice)
REPLACE_INT(mprotect, ANY void *at, ANY size_t length, ANY int protection)
REPLACE_INT(eventfd, ANY unsigned int initial, ANY int flags)
REPLACE_INT(eventfd_write, ANY int fd, ANY eventfd_t value)
REPLACE_INT(socketpair, ANY int domain, ANY int type, ANY int protocol, ANY int pair[2])
REPLACE_INT(socket, ANY int domain, ANY int type, ANY int protocol)
REPLACE_INT(bind, ANY int fd, ANY const struct sockaddr *address, ANY socklen_t length)
REPLACE_INT(connect, ANY int fd, ANY const struct sockaddr *address, ANY socklen_t length)
REPLACE_INT(listen, ANY int fd, ANY int backlog)
REPLACE_INT(accept4, ANY int fd, ANY struct sockaddr *address, ANY socklen_t *length, ANY int flags)
REPLACE_LONG(sendmsg, ANY int fd, ANY const struct msghdr *message, ANY int flags)
REPLACE_LONG(recvmsg, ANY int fd, ANY struct msghdr *message, ANY int flags)
REPLACE_INT(kill, ANY pid_t pid, ANY int signal)
REPLACE_INT(execve, ANY const char *path, ANY char *const arguments[], ANY char *const environment[])
REPLACE_INT(prctl, ANY int option, ...)
REPLACE_LONG(syscall, ANY long number, ...)
REPLACE_LONG(sysconf, ANY int name)

static struct iovec seen_local;
static struct iovec seen_remote;

#define REPLACE_PROCESS_VM(name) \
    ssize_t __wrap_##name(pid_t pid, const struct iovec *local, unsigned long local_count, const struct iovec *remote, \
                          unsigned long remote_count, unsigned long flags); \
    ssize_t __wrap_##name(ANY pid_t pid, const struct iovec *local, ANY unsigned long local_count, \
                          const struct iovec *remote, ANY unsigned long remote_count, unsigned long flags) { \
        seen_local = *local; \
        seen_remote = *remote; \
        EXPECT(flags, 0); \
        return result(); \
    }
REPLACE_PROCESS_VM(process_vm_readv)
REPLACE_PROCESS_VM(process_vm_writev)

int __wrap_eventfd_read(int fd, eventfd_t *value);
int __wrap_eventfd_read(ANY int fd, eventfd_t *value) {
    *value = (eventfd_t) answer;
    return refusal == 0 ? 0 : (int) result();
}

static short seen_events;

int __wrap_poll(struct pollfd *pollfds, nfds_t count, int timeout_millis);
int __wrap_poll(struct pollfd *pollfds, ANY nfds_t count, ANY int timeout_millis) {
    if (pollfds != NULL) {
        seen_events = pollfds->events;
        pollfds->revents = (short) answer;
    }
    return (int) result();
}

static struct flock seen_lock;
static struct flock answered_lock;

int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(ANY int fd, int command, ...) {
    va_list arguments;
    va_start(arguments, command);
    if (command == F_GETLK || command == F_OFD_GETLK) {
        struct flock *lock = va_arg(arguments, struct flock *);
        seen_lock = *lock;
        *lock = answered_lock;
    }
    va_end(arguments);
    return (int) result();
}

static void (*answered_handler)(int);

int __wrap_sigaction(int signal, const struct sigaction *set, struct sigaction *old);
int __wrap_sigaction(ANY int signal, const struct sigaction *set, struct sigaction *old) {
    EXPECT(set == NULL, 1);
    memset(old, 0, sizeof *old);
    old->sa_handler = answered_handler;
    return refusal == 0 ? 0 : (int) result();
}

int __wrap_getsockopt(int fd, int level, int option, void *value, socklen_t *length);
int __wrap_getsockopt(ANY int fd, ANY int level, ANY int option, ANY void *value, socklen_t *length) {
    *length = (socklen_t) answer;
    return refusal == 0 ? 0 : (int) result();
}

static jlong address_of(void *memory) {
    return (jlong) (uintptr_t) memory;
}

/* Every call that can be refused, as it is expected to come out. */
static void all_calls_give(jlong expected) {
    struct iovec vector = {NULL, 0};
    jlong iov = address_of(&vector);
    jlong some = iov; /* for arguments that must not be null and that nobody looks at */
    EXPECT(CALL(open0, some, 0, 0), expected);
    EXPECT(CALL(close0, 3), expected);
    EXPECT(CALL(read0, 3, some, 0), expected);
    EXPECT(CALL(write0, 3, some, 0), expected);
    EXPECT(CALL(pread0, 3, some, 0, 0), expected);
    EXPECT(CALL(pwrite0, 3, some, 0, 0), expected);
    EXPECT(CALL(ioctl0, 3, 0, 0), expected);
    EXPECT(CALL(poll0, some, 1, 0), expected);
    EXPECT(CALL(pollOne0, 3, 0, 0), expected);
    EXPECT(CALL(fcntl0, 3, F_GETFD, 0), expected);
    EXPECT(CALL(ftruncate0, 3, 0), expected);
    EXPECT(CALL(fallocate0, 3, 0, 0, 0), expected);
    EXPECT(CALL(mmap0, 0, 0, 0, 0, 0, 0), expected);
    EXPECT(CALL(mremap0, 0, 0, 0, 0, 0), expected);
    EXPECT(CALL(munmap0, some, 0), expected);
    EXPECT(CALL(madvise0, 0, 0, 0), expected);
    EXPECT(CALL(mprotect0, 0, 0, 0), expected);
    EXPECT(CALL(processVmRead0, 1, 0, 0, 0), expected);
    EXPECT(CALL(processVmWrite0, 1, 0, 0, 0), expected);
    EXPECT(CALL(processVmReadv0, 1, iov, 1, iov, 1), expected);
    EXPECT(CALL(processVmWritev0, 1, iov, 1, iov, 1), expected);
    EXPECT(CALL(lock0, 3, F_SETLK, F_WRLCK, 0, 0), expected);
    EXPECT(CALL(eventfd0, 0, 0), expected);
    EXPECT(CALL(eventfdWrite0, 3, 0), expected);
    EXPECT(CALL(eventfdRead0, 3), expected);
    EXPECT(CALL(memfdCreate0, some, 0), expected);
    EXPECT(CALL(pidfdOpen0, 1, 0), expected);
    EXPECT(CALL(pidfdGetfd0, 3, 0, 0), expected);
    EXPECT(CALL(pidfdSendSignal0, 3, 0, 0), expected);
    EXPECT(CALL(userfaultfd0, 0), expected);
    EXPECT(CALL(socketpair0, 0, some), expected);
    EXPECT(CALL(socket0, 0), expected);
    EXPECT(CALL(bind0, 3, some, 0), expected);
    EXPECT(CALL(connect0, 3, some, 0), expected);
    EXPECT(CALL(listen0, 3, 0), expected);
    EXPECT(CALL(accept0, 3, 0), expected);
    EXPECT(CALL(sendmsg0, 3, some, 0), expected);
    EXPECT(CALL(recvmsg0, 3, some, 0), expected);
    EXPECT(CALL(getsockopt0, 3, 0, 0, some, 0), expected);
    EXPECT(CALL(signalMask0, 0, 0, 0), expected);
    EXPECT(CALL(kill0, 1, 0), expected);
    EXPECT(CALL(execve0, some, some, some), expected);
    EXPECT(CALL(prctl0, 0, 0, 0, 0, 0), expected);
    EXPECT(CALL(sysconf0, 0), expected);
}

static void refusals_come_out_negative(void) {
    static const int errors[] = {EPERM, EINTR, EFAULT, EHWPOISON};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        refusal = errors[i];
        all_calls_give(-refusal);
        EXPECT(CALL(lockHolder0, 3, F_GETLK, F_WRLCK, 0, 0), -refusal);
        EXPECT(CALL(signalHandler0, 1), -refusal);
    }
    refusal = 0;
}

static void answers_come_out_unchanged(void) {
    answer = 0;
    all_calls_give(0);
    answer = 4711;
    all_calls_give(4711);
}

static void long_results_keep_all_their_bits(void) {
    answer = 0x7ffff000;
    EXPECT(CALL(processVmRead0, 1, 0, 0, 0), 0x7ffff000);
    answer = 0x7fffdeadbeef;
    EXPECT(CALL(mmap0, 0, 0, 0, 0, 0, 0), 0x7fffdeadbeef);
    EXPECT(CALL(mremap0, 0, 0, 0, 0, 0), 0x7fffdeadbeef);
    EXPECT(CALL(pread0, 3, address_of(&answer), 0, 0), 0x7fffdeadbeef);
}

static void copies_go_the_right_way(void) {
    CALL(processVmRead0, 1, 0x1000, 0x2000, 24);
    EXPECT(address_of(seen_local.iov_base), 0x1000);
    EXPECT(address_of(seen_remote.iov_base), 0x2000);
    EXPECT(seen_local.iov_len, 24);
    EXPECT(seen_remote.iov_len, 24);
    CALL(processVmWrite0, 1, 0x3000, 0x4000, 25);
    EXPECT(address_of(seen_local.iov_base), 0x3000);
    EXPECT(address_of(seen_remote.iov_base), 0x4000);
    EXPECT(seen_local.iov_len, 25);
    EXPECT(seen_remote.iov_len, 25);
}

static jint holder(int type, int pid) {
    answered_lock.l_type = (short) type;
    answered_lock.l_pid = pid;
    return CALL(lockHolder0, 3, F_OFD_GETLK, F_WRLCK, 5, 6);
}

static void holders_are_told_apart(void) {
    answer = 0;
    EXPECT(holder(F_UNLCK, 0), 0);
    EXPECT(holder(F_UNLCK, 77), 0);
    EXPECT(holder(F_WRLCK, 77), 77);
    EXPECT(holder(F_RDLCK, -1), org_dray_linux_Locks_HELD_BY_DESCRIPTION);
    EXPECT(holder(F_WRLCK, 0), org_dray_linux_Locks_HELD_BY_INVISIBLE_PROCESS);
    EXPECT(seen_lock.l_type, F_WRLCK);
    EXPECT(seen_lock.l_start, 5);
    EXPECT(seen_lock.l_len, 6);
    EXPECT(seen_lock.l_pid, 0);
}

static void polls_of_one_pass_events(void) {
    answer = POLLHUP;
    EXPECT(CALL(pollOne0, 3, POLLIN, 0), POLLHUP);
    EXPECT(seen_events, POLLIN);
    EXPECT(CALL(pollOne0, -1, POLLIN, 0), -EBADF);
}

static void handlers_are_addresses(void) {
    answered_handler = (void (*)(int)) (uintptr_t) 0x7f0012345678;
    EXPECT(CALL(signalHandler0, 1), 0x7f0012345678);
    answered_handler = SIG_IGN;
    EXPECT(CALL(signalHandler0, 1), 1);
}

static void a_missing_limit_is_no_error(void) {
    answer = -1;
    EXPECT(CALL(sysconf0, 0), org_dray_linux_Sysconf_NO_LIMIT);
}

static void memory_is_moved_set_and_freed(void) {
    jlong memory = CALL(allocate0, 64, 32);
    EXPECT(memory % 64, 0);
    CALL(fill0, memory, 32, 1);
    CALL(putLong0, memory + 1, 0x0123456789abcdef);
    EXPECT(CALL(getLong0, memory + 1), 0x0123456789abcdef);
    CALL(copy0, memory + 1, memory + 3, 8);
    EXPECT(CALL(getLong0, memory + 3), 0x0123456789abcdef);
    CALL(putByte0, memory + 31, -5);
    EXPECT(CALL(getByte0, memory + 31), -5);
    EXPECT(CALL(getByte0, memory + 30), 1);
    CALL(free0, memory);
    EXPECT(CALL(abiVersion0), org_dray_linux_Native_ABI_VERSION);
}

int main(void) {
    refusals_come_out_negative();
    answers_come_out_unchanged();
    long_results_keep_all_their_bits();
    copies_go_the_right_way();
    holders_are_told_apart();
    polls_of_one_pass_events();
    handlers_are_addresses();
    a_missing_limit_is_no_error();
    memory_is_moved_set_and_freed();
    printf("native: %d checks without a JVM, %d failed\n", checks, failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
