/*
 * What programs may rely on at /dev/knem: numbers, errors in their order, lengths, single use, lifetimes, other processes, other
 * users. Runs in front of the emulator and on a genuine module (driver 1.1.x, default parameters, as root for all of it); it
 * calls nothing that harms the driver.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "knem_calls.h"

enum { PAGE = 4096, OTHER_USER = 54321 };

static int failures;
static int checks;

#define EXPECT(actual, expected) expect((long long) (actual), (long long) (expected), #actual, __LINE__)

static void expect(long long actual, long long expected, const char *what, int line) {
    checks++;
    if (actual != expected) {
        failures++;
        fprintf(stderr, "knem_check.c:%d: %s is %lld, expected %lld\n", line, what, actual, expected);
    }
}

static int device(void) {
    int fd = open("/dev/knem", O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        perror("/dev/knem");
        exit(2);
    }
    return fd;
}

static uint8_t *pages(size_t count) {
    uint8_t *at = mmap(NULL, count * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        abort();
    }
    memset(at, 0, count * PAGE);
    return at;
}

/* Waits for a slot to leave PENDING, at most ten seconds. */
static int settled(volatile const uint8_t *slot) {
    for (int i = 0; i < 100000 && __atomic_load_n(slot, __ATOMIC_ACQUIRE) == PENDING; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    }
    return *slot;
}

static void information(void) {
    int fd = device();
    uint8_t info[16] = {0};
    EXPECT(called(ioctl(fd, 0x40104b10, info)), 0);
    EXPECT(get32(info), 0xd);
    EXPECT(called(ioctl(fd, 0x40104b10, NULL)), -EFAULT);
    EXPECT(called(ioctl(fd, 0x5401, info)), -ENOSYS);
    EXPECT(called(ioctl(fd, 0x80304b32, NULL)), -EFAULT);
    EXPECT(called(ioctl(fd, 0xc0204b21, NULL)), -EFAULT);
    EXPECT(called(ioctl(fd, 0x80084b22, NULL)), -EFAULT);
    EXPECT(called((int) lseek(fd, 0, SEEK_SET)), -ESPIPE);
    EXPECT(called((int) write(fd, info, 1)), getuid() == 0 ? -EBUSY : -EPERM);
    struct stat facts;
    EXPECT(fstat(fd, &facts), 0);
    EXPECT(S_ISCHR(facts.st_mode), 1);
    close(fd);
    EXPECT(stat("/dev/knem", &facts), 0);
    EXPECT(S_ISCHR(facts.st_mode), 1);
    EXPECT(access("/dev/knem", R_OK | W_OK), 0);
}

static void read_only_open(void) {
    int fd = open("/dev/knem", O_RDONLY | O_CLOEXEC);
    char text[PAGE] = "";
    uint8_t info[16];
    EXPECT(called(ioctl(fd, 0x40104b10, info)), -EBADF);
    ssize_t length = read(fd, text, sizeof(text) - 1);
    EXPECT(length > 0, 1);
    EXPECT(strncmp(text, "knem ", 5), 0);
    EXPECT(strstr(text, "\n Driver ABI=0xd\n") != NULL, 1);
    EXPECT(read(fd, text, sizeof(text) - 1), 0);
    EXPECT(pread(fd, text, 5, 0), 5);
    EXPECT(called((int) write(fd, text, 1)), -EBADF);
    EXPECT(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ? errno : 0, EBADF);
    EXPECT(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED ? errno : 0, EACCES);
    close(fd);
    FILE *stream = fopen("/dev/knem", "r");
    EXPECT(stream != NULL && fgets(text, sizeof(text), stream) != NULL, 1);
    EXPECT(strncmp(text, "knem ", 5), 0);
    if (stream != NULL) {
        fclose(stream);
    }
}

static void creation(void) {
    int fd = device();
    uint8_t *memory = pages(4);
    uint64_t cookie = UNTOUCHED;
    uint32_t status;
    EXPECT(create(fd, NULL, 1, READ_WRITE, 0, &cookie), -EFAULT);
    EXPECT(cookie, UNTOUCHED);
    munmap(memory + 2 * PAGE, PAGE);
    EXPECT(create_one(fd, memory, 4 * PAGE, READ_ONLY, 0, &cookie), -EFAULT);
    EXPECT(cookie, UNTOUCHED);
    mprotect(memory, PAGE, PROT_READ);
    EXPECT(create_one(fd, memory, PAGE, READ_WRITE, 0, &cookie), -EFAULT);
    EXPECT(create_one(fd, memory, PAGE, READ_ONLY, 0, &cookie), 0);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 16, &status), 0);
    EXPECT(status, SUCCESS);
    EXPECT(destroy(fd, cookie), 0);
    EXPECT(destroy(fd, cookie), -EINVAL);
    EXPECT(create(fd, NULL, 0, 0, 0, &cookie), 0);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 16, &status), -EACCES);
    EXPECT(status, UNTOUCHED);
    EXPECT(destroy(fd, cookie), 0);
    EXPECT(create_one(fd, memory + PAGE, 0, READ_WRITE, 0x100, &cookie), 0);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 16, &status), 0);
    EXPECT(status, SUCCESS);
    uint64_t again = 0;
    EXPECT(destroy(fd, cookie), 0);
    EXPECT(create_one(fd, memory + PAGE, PAGE, READ_WRITE, 0, &again), 0);
    EXPECT(again == cookie, 1);
    int other = device();
    EXPECT(destroy(other, again), -EINVAL);
    EXPECT(destroy(fd, again ^ 5), 0);
    close(other);
    close(fd);
    munmap(memory, 2 * PAGE);
    munmap(memory + 3 * PAGE, PAGE);
}

static void access_order(void) {
    int fd = device();
    uint8_t *memory = pages(2);
    uint64_t readable = 0, writable = 0;
    uint32_t status;
    EXPECT(create_one(fd, memory, PAGE, READ_ONLY, 0, &readable), 0);
    EXPECT(create_one(fd, memory + PAGE, PAGE, WRITE_ONLY, 0, &writable), 0);
    EXPECT(fetch(fd, readable, 0, memory, 1, &status), 0);
    EXPECT(put(fd, readable, 0, memory, 1, &status), -EACCES);
    EXPECT(fetch(fd, writable, 0, memory, 1, &status), -EACCES);
    EXPECT(put(fd, writable, 0, memory, 1, &status), 0);
    EXPECT(fetch(fd, readable ^ 1, 0, memory, 1, &status), -EINVAL);
    EXPECT(fetch(fd, readable ^ (UINT64_C(1) << 40), 0, memory, 1, &status), -EINVAL);
    EXPECT(fetch(fd, 0, 0, memory, 1, &status), -EINVAL);
    struct copy wish = {.source = readable, .destination = readable, .length = UINT64_MAX};
    EXPECT(copy(fd, &wish), -EACCES);
    wish.destination = writable;
    memory[7] = 42;
    EXPECT(copy(fd, &wish), 0);
    EXPECT(wish.status, SUCCESS);
    EXPECT(memory[PAGE + 7], 42);
    /* The ranges are read before the region is looked up; the slot is looked at before both. */
    struct inline_copy bad = {.ranges = NULL, .count = 1, .remote = 0, .length = 1};
    EXPECT(inline_copy(fd, &bad), -EFAULT);
    bad.flags = THREAD;
    EXPECT(inline_copy(fd, &bad), -EINVAL);
    close(fd);
    munmap(memory, 2 * PAGE);
}

static void lengths(void) {
    int fd = device();
    uint8_t *memory = pages(3);
    uint8_t *local = memory + 2 * PAGE;
    uint64_t cookie = 0;
    uint32_t status;
    for (int i = 0; i < 2 * PAGE; i++) {
        memory[i] = (uint8_t) (i % 251);
    }
    struct range_bytes parts[4] = {range(memory + 10, 7), range(memory + 5, 0), range(memory + 100, 253), range(memory + PAGE, 40)};
    EXPECT(create(fd, parts, 4, READ_WRITE, 0, &cookie), 0);
    EXPECT(fetch(fd, cookie, 0, local, 1000, &status), 0);
    EXPECT(status, SUCCESS);
    EXPECT(memcmp(local, memory + 10, 7) == 0 && memcmp(local + 7, memory + 100, 253) == 0 && local[260] == memory[PAGE], 1);
    EXPECT(memcmp(local + 260, memory + PAGE, 40), 0);
    EXPECT(local[300], 0);
    memset(local, 9, PAGE);
    EXPECT(fetch(fd, cookie, 7, local, 3, &status), 0);
    EXPECT(memcmp(local, memory + 100, 3) == 0 && local[3] == 9, 1);
    uint64_t beyond[] = {300, 301, UINT64_MAX};
    for (int i = 0; i < 3; i++) {
        memset(local, 9, 8);
        EXPECT(fetch(fd, cookie, beyond[i], local, 8, &status), 0);
        EXPECT(status, SUCCESS);
        EXPECT(local[0], 9);
    }
    EXPECT(fetch(fd, cookie, 299, local, 8, &status), 0);
    EXPECT(local[0] == memory[PAGE + 39] && local[1] == 9, 1);
    struct range_bytes two[2] = {range(local, 100), range(local + 200, 100)};
    struct inline_copy bounded = {.ranges = two, .count = 2, .write = 2, .remote = cookie, .offset = 1, .length = 150};
    memset(local, 3, 100);
    memset(local + 200, 4, 100);
    EXPECT(inline_copy(fd, &bounded), 0);
    EXPECT(memory[10] == 10 && memory[11] == 3 && memory[100 + 93] == 3 && memory[100 + 94] == 4, 1);
    EXPECT(memory[100 + 143] == 4 && memory[100 + 144] == (uint8_t) 244, 1);
    bounded.length = 0;
    EXPECT(inline_copy(fd, &bounded), 0);
    EXPECT(bounded.status, SUCCESS);
    close(fd);
    munmap(memory, 3 * PAGE);
}

static void local_faults(void) {
    int fd = device();
    uint8_t *memory = pages(2);
    uint8_t *local = pages(2);
    uint64_t cookie = 0;
    uint32_t status;
    munmap(local + PAGE, PAGE);
    memset(memory, 5, 2 * PAGE);
    EXPECT(create_one(fd, memory, 2 * PAGE, READ_WRITE, 0, &cookie), 0);
    EXPECT(fetch(fd, cookie, 0, local, 2 * PAGE, &status), 0);
    EXPECT(status, FAILED);
    EXPECT(local[PAGE - 1], 5);
    EXPECT(put(fd, cookie, 0, local, 2 * PAGE, &status), -EFAULT);
    EXPECT(status, UNTOUCHED);
    struct range_bytes one = range(local, 2 * PAGE);
    struct inline_copy wish = {.ranges = &one, .count = 1, .remote = cookie, .length = 10, .flags = PIN};
    memset(local, 0, PAGE);
    EXPECT(inline_copy(fd, &wish), -EFAULT);
    EXPECT(local[0], 0);
    wish.flags = 0;
    EXPECT(inline_copy(fd, &wish), 0);
    EXPECT(local[9] == 5 && local[10] == 0, 1);
    close(fd);
    munmap(memory, 2 * PAGE);
    munmap(local, PAGE);
}

static uint64_t single(int fd, void *memory, uint32_t protection) {
    uint64_t cookie = 0;
    EXPECT(create_one(fd, memory, PAGE, protection, SINGLE_USE, &cookie), 0);
    return cookie;
}

static void single_use(void) {
    int fd = device();
    uint8_t *memory = pages(2);
    uint8_t *gone = pages(1);
    uint32_t status;
    munmap(gone, PAGE);
    uint64_t cookie = single(fd, memory, READ_ONLY);
    EXPECT((cookie & 0x80000000) != 0, 1);
    EXPECT(put(fd, cookie, 0, memory, 1, &status), -EACCES);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 1, &status), 0);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 1, &status), -EINVAL);
    cookie = single(fd, memory, READ_ONLY);
    EXPECT(fetch(fd, cookie, UINT64_MAX, memory + PAGE, 1, &status), 0);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 1, &status), -EINVAL);
    cookie = single(fd, memory, READ_WRITE);
    EXPECT(put(fd, cookie, 0, gone, PAGE, &status), -EFAULT);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 1, &status), -EINVAL);
    cookie = single(fd, memory, READ_ONLY);
    struct copy wish = {.source = cookie, .destination = 0, .length = 1};
    EXPECT(copy(fd, &wish), -EINVAL);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 1, &status), -EINVAL);
    uint64_t target = single(fd, memory, WRITE_ONLY);
    wish = (struct copy){.source = 0, .destination = target, .length = 1};
    EXPECT(copy(fd, &wish), -EINVAL);
    EXPECT(put(fd, target, 0, memory + PAGE, 1, &status), 0);
    cookie = single(fd, memory, READ_ONLY);
    EXPECT(destroy(fd, cookie), 0);
    EXPECT(fetch(fd, cookie, 0, memory + PAGE, 1, &status), -EINVAL);
    close(fd);
    munmap(memory, 2 * PAGE);
}

static void pages_not_addresses(void) {
    int fd = device();
    uint8_t *memory = pages(1);
    uint8_t got[4] = {0};
    uint64_t cookie = 0;
    uint32_t status;
    memset(memory, 'a', PAGE);
    EXPECT(create_one(fd, memory, PAGE, READ_WRITE, 0, &cookie), 0);
    munmap(memory, PAGE);
    EXPECT(fetch(fd, cookie, 5, got, 4, &status), 0);
    EXPECT(status, SUCCESS);
    EXPECT(memcmp(got, "aaaa", 4), 0);
    uint8_t *fresh = mmap(memory, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    memset(fresh, 'b', PAGE);
    EXPECT(fetch(fd, cookie, 5, got, 4, &status), 0);
    EXPECT(memcmp(got, "aaaa", 4), 0);
    EXPECT(put(fd, cookie, 0, "cccc", 4, &status), 0);
    EXPECT(fresh[0], 'b');
    EXPECT(fetch(fd, cookie, 0, got, 4, &status), 0);
    EXPECT(memcmp(got, "cccc", 4), 0);
    munmap(fresh, PAGE);
    close(fd);
}

/* A kernel from 6.2 on may be kinder: this is what was seen on 6.1. */
static void memory_never_written(void) {
    int fd = device();
    uint8_t *memory = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint8_t *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint8_t got[2 * PAGE];
    uint64_t reading = 0, both = 0, of_shared = 0;
    uint32_t status;
    memory[PAGE] = 'w';
    EXPECT(create_one(fd, memory, 2 * PAGE, READ_ONLY, 0, &reading), 0);
    EXPECT(create_one(fd, shared, PAGE, READ_ONLY, 0, &of_shared), 0);
    memset(memory, 'x', 2 * PAGE);
    shared[0] = 's';
    EXPECT(fetch(fd, reading, 0, got, 2 * PAGE, &status), 0);
    EXPECT(got[0] == 0 && got[PAGE - 1] == 0 && got[PAGE] == 'x' && got[2 * PAGE - 1] == 'x', 1);
    EXPECT(fetch(fd, of_shared, 0, got, 1, &status), 0);
    EXPECT(got[0], 's');
    munmap(memory, 2 * PAGE);
    memory = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT(create_one(fd, memory, PAGE, READ_WRITE, 0, &both), 0);
    memory[0] = 'y';
    EXPECT(fetch(fd, both, 0, got, 1, &status), 0);
    EXPECT(got[0], 'y');
    munmap(memory, PAGE);
    munmap(shared, PAGE);
    close(fd);
}

static void old_interface(void) {
    int fd = device();
    uint8_t *memory = pages(2);
    struct range_bytes source = range(memory, 100);
    struct range_bytes destination = range(memory + PAGE, 100);
    uint8_t send_argument[24] = {0};
    uint8_t receive[32] = {0};
    memset(memory, 'o', 100);
    put64(send_argument, (uint64_t) (uintptr_t) &source);
    put32(send_argument + 8, 1);
    EXPECT(called(ioctl(fd, 0xc0184b20, send_argument)), 0);
    put64(receive, (uint64_t) (uintptr_t) &destination);
    put32(receive + 8, 1);
    put64(receive + 16, get64(send_argument + 16));
    EXPECT(called(ioctl(fd, 0x80204b30, receive)), -EINVAL);
    EXPECT(called(ioctl(fd, 0x80204b31, receive)), 0);
    EXPECT(get32(receive + 12), SUCCESS);
    EXPECT(memory[PAGE + 99] == 'o' && memory[PAGE + 100] == 0, 1);
    EXPECT(called(ioctl(fd, 0x80204b31, receive)), -EINVAL);
    volatile uint8_t *status = map_status(fd, PAGE);
    EXPECT(called(ioctl(fd, 0xc0184b20, send_argument)), 0);
    put64(receive + 16, get64(send_argument + 16));
    put32(receive + 12, 17);
    EXPECT(called(ioctl(fd, 0x80204b30, receive)), 0);
    EXPECT(settled(&status[17]), SUCCESS);
    munmap((void *) status, PAGE);
    close(fd);
    munmap(memory, 2 * PAGE);
}

static void status_array(void) {
    int fd = device();
    uint8_t *memory = pages(2);
    uint64_t cookie = 0;
    EXPECT(create_one(fd, memory, PAGE, READ_WRITE, 0, &cookie), 0);
    struct range_bytes local = range(memory + PAGE, PAGE);
    struct inline_copy wish = {.ranges = &local, .count = 1, .remote = cookie, .length = UINT64_MAX, .flags = THREAD};
    EXPECT(inline_copy(fd, &wish), -EINVAL);
    EXPECT(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, PAGE) == MAP_FAILED ? errno : 0, EINVAL);
    uint8_t bind[16] = {2};
    EXPECT(called(ioctl(fd, 0x80104b11, bind)), 0);
    bind[0] = 3;
    EXPECT(called(ioctl(fd, 0x80104b11, bind)), -EINVAL);
    volatile uint8_t *status = map_status(fd, 45);
    EXPECT(status != MAP_FAILED && status[0] == 0 && status[4095] == 0, 1);
    EXPECT(called(ioctl(fd, 0x80104b11, bind)), -EBUSY);
    EXPECT(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ? errno : 0, EBUSY);
    wish.slot = 4096;
    EXPECT(inline_copy(fd, &wish), -EINVAL);
    wish.slot = 4095;
    memset(memory, 8, PAGE);
    EXPECT(inline_copy(fd, &wish), 0);
    EXPECT(wish.status, PENDING);
    EXPECT(settled(&status[4095]), SUCCESS);
    EXPECT(memory[PAGE + 4095], 8);
    status[3] = 66;
    wish.slot = 3;
    wish.offset = PAGE;
    EXPECT(inline_copy(fd, &wish), 0);
    EXPECT(wish.status, PENDING);
    EXPECT(status[3], SUCCESS);
    status[3] = 66;
    wish.offset = 0;
    wish.remote = 0;
    EXPECT(inline_copy(fd, &wish), -EINVAL);
    EXPECT(status[3], 66);
    wish.remote = cookie;
    local = range(NULL, PAGE);
    EXPECT(inline_copy(fd, &wish), -EFAULT);
    EXPECT(status[3], PENDING);
    local = range(memory + PAGE, PAGE);
    wish.flags = DMA_THREAD;
    EXPECT(inline_copy(fd, &wish), 0);
    EXPECT(wish.status, SUCCESS);
    EXPECT(status[3], SUCCESS);
    munmap((void *) status, PAGE);
    EXPECT(map_status(fd, PAGE) == MAP_FAILED ? errno : 0, EBUSY);
    close(fd);
    munmap(memory, 2 * PAGE);
}

static int readable_now(int fd) {
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    return poll(&entry, 1, 0) == 1 ? entry.revents : 0;
}

static void notifications(void) {
    int fd = open("/dev/knem", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    uint8_t *memory = pages(2);
    uint64_t cookie = 0;
    uint32_t events[8];
    EXPECT(readable_now(fd), POLLERR);
    EXPECT(create_one(fd, memory, PAGE, READ_WRITE, 0, &cookie), 0);
    volatile uint8_t *status = map_status(fd, PAGE);
    EXPECT(readable_now(fd), 0);
    EXPECT(called((int) read(fd, events, 4)), -EAGAIN);
    EXPECT(called((int) read(fd, events, 3)), -EINVAL);
    EXPECT(read(fd, events, 0), 0);
    struct copy wish = {.source = cookie, .destination = cookie, .destination_offset = 2048, .length = 64};
    uint32_t wrong[] = {NOTIFY, NOTIFY | ASYNC_DMA, NOTIFY | THREAD | ASYNC_DMA};
    for (int i = 0; i < 3; i++) {
        wish.flags = wrong[i];
        EXPECT(copy(fd, &wish), -EINVAL);
    }
    wish.flags = NOTIFY | THREAD;
    for (uint32_t i = 0; i < 4; i++) {
        wish.slot = 40 - i;
        EXPECT(copy(fd, &wish), 0);
        EXPECT(wish.status, PENDING);
    }
    EXPECT(settled(&status[37]), SUCCESS);
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    EXPECT(poll(&entry, 1, 10000), 1);
    fcntl(fd, F_SETFL, 0);
    EXPECT(read(fd, events, 12), 12);
    EXPECT(events[0] == 40 && events[1] == 39 && events[2] == 38, 1);
    EXPECT(read(fd, events, 4), 4);
    EXPECT(events[0], 37);
    EXPECT(readable_now(fd), 0);
    /* A copy of nothing has no event and loses one place of 4096. */
    wish.length = 0;
    for (int i = 0; i < 4096; i++) {
        if (copy(fd, &wish) != 0) {
            failures++;
        }
    }
    EXPECT(copy(fd, &wish), -EBUSY);
    EXPECT(readable_now(fd), 0);
    wish.source = 0;
    EXPECT(copy(fd, &wish), -EBUSY);
    munmap((void *) status, PAGE);
    close(fd);
    munmap(memory, 2 * PAGE);
}

static void lifetimes(void) {
    int owner = device();
    int user = device();
    uint8_t *memory = pages(1);
    uint8_t got;
    uint64_t cookie = 0;
    uint32_t status;
    EXPECT(create_one(owner, memory, PAGE, READ_WRITE, 0, &cookie), 0);
    int twin = dup(owner);
    close(owner);
    EXPECT(fetch(user, cookie, 0, &got, 1, &status), 0);
    volatile uint8_t *array = map_status(twin, PAGE);
    close(twin);
    EXPECT(fetch(user, cookie, 0, &got, 1, &status), 0);
    munmap((void *) array, PAGE);
    EXPECT(fetch(user, cookie, 0, &got, 1, &status), -EINVAL);
    owner = device();
    uint64_t next = 0;
    EXPECT(create_one(owner, memory, PAGE, READ_WRITE, 0, &next), 0);
    EXPECT(fetch(user, cookie, 0, &got, 1, &status), -EINVAL);
    EXPECT(fetch(user, next, 0, &got, 1, &status), 0);
    close(owner);
    EXPECT(fetch(user, next, 0, &got, 1, &status), -EINVAL);
    close(user);
    munmap(memory, PAGE);
}

/* A child that exports a page and waits. */
struct peer {
    pid_t pid;
    int channel;
    uint64_t cookie;
};

static struct peer peer(uint32_t protection, uint32_t flags) {
    struct peer out = {0};
    int ends[2];
    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
    out.pid = fork();
    if (out.pid == 0) {
        uint8_t *memory = pages(2);
        int fd = device();
        uint64_t cookie = 0;
        char word = 0;
        close(ends[0]);
        memset(memory, 'p', 2 * PAGE);
        create_one(fd, memory, 2 * PAGE, protection, flags, &cookie);
        send(ends[1], &cookie, sizeof(cookie), 0);
        while (recv(ends[1], &word, 1, 0) == 1) {
            send(ends[1], memory, 1, 0);
        }
        _exit(0);
    }
    close(ends[1]);
    out.channel = ends[0];
    EXPECT(recv(out.channel, &out.cookie, sizeof(out.cookie), 0), sizeof(out.cookie));
    return out;
}

static char first_byte_of(const struct peer *peer) {
    char byte = 0;
    send(peer->channel, "?", 1, 0);
    recv(peer->channel, &byte, 1, 0);
    return byte;
}

static void end_peer(const struct peer *peer) {
    close(peer->channel);
    waitpid(peer->pid, NULL, 0);
}

static void two_processes(void) {
    int fd = device();
    uint8_t *memory = pages(2);
    uint32_t status;
    struct peer one = peer(READ_WRITE, 0);
    struct peer two = peer(READ_WRITE, 0);
    EXPECT(fetch(fd, one.cookie, 4000, memory, 200, &status), 0);
    EXPECT(memory[0] == 'p' && memory[199] == 'p' && memory[200] == 0, 1);
    EXPECT(put(fd, one.cookie, 0, "xyz", 3, &status), 0);
    EXPECT(first_byte_of(&one), 'x');
    struct copy third = {.source = one.cookie, .destination = two.cookie, .length = UINT64_MAX};
    EXPECT(copy(fd, &third), 0);
    EXPECT(third.status, SUCCESS);
    EXPECT(first_byte_of(&two), 'x');
    EXPECT(destroy(fd, one.cookie), -EINVAL);
    kill(two.pid, SIGKILL);
    end_peer(&two);
    EXPECT(fetch(fd, two.cookie, 0, memory, 1, &status), -EINVAL);
    EXPECT(copy(fd, &third), -EINVAL);
    end_peer(&one);
    EXPECT(fetch(fd, one.cookie, 0, memory, 1, &status), -EINVAL);
    close(fd);
    munmap(memory, 2 * PAGE);
}

/* What a child of another user gets; its descriptor is inherited, so that the device file may stay closed to it. */
static int as_other_user(int fd, uint64_t cookie, int write) {
    pid_t child = fork();
    if (child == 0) {
        uint8_t byte = 0;
        uint32_t status;
        if (setuid(OTHER_USER) != 0) {
            _exit(255);
        }
        _exit(-(write ? put(fd, cookie, 0, &byte, 1, &status) : fetch(fd, cookie, 0, &byte, 1, &status)));
    }
    int code = 0;
    waitpid(child, &code, 0);
    return -WEXITSTATUS(code);
}

static void other_users(void) {
    if (getuid() != 0) {
        printf("knem_check: other users: not run, needs root\n");
        return;
    }
    int fd = device();
    uint8_t *memory = pages(1);
    uint64_t closed = 0, opened = 0, single_cookie = 0;
    EXPECT(create_one(fd, memory, PAGE, READ_ONLY, 0, &closed), 0);
    EXPECT(create_one(fd, memory, PAGE, READ_ONLY, ANY_USER, &opened), 0);
    EXPECT(create_one(fd, memory, PAGE, READ_ONLY, SINGLE_USE, &single_cookie), 0);
    EXPECT(as_other_user(fd, closed, 0), -EPERM);
    EXPECT(as_other_user(fd, closed, 1), -EPERM);
    EXPECT(as_other_user(fd, opened, 0), 0);
    EXPECT(as_other_user(fd, opened, 1), -EACCES);
    EXPECT(as_other_user(fd, single_cookie, 0), -EPERM);
    uint8_t byte;
    uint32_t status;
    EXPECT(fetch(fd, single_cookie, 0, &byte, 1, &status), 0);
    close(fd);
    munmap(memory, PAGE);
}

static void ended(int signal) { (void) signal; }

/* A blocking read waits for all of its buffer; a signal ends it with what there is. */
static void interrupted_read(void) {
    int fd = device();
    uint8_t *memory = pages(1);
    uint64_t cookie = 0;
    uint32_t events[2];
    EXPECT(create_one(fd, memory, PAGE, READ_WRITE, 0, &cookie), 0);
    volatile uint8_t *status = map_status(fd, PAGE);
    struct sigaction action = {.sa_handler = ended};
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    EXPECT(called((int) read(fd, events, 8)), -EINTR);
    struct copy wish = {.source = cookie, .destination = cookie, .destination_offset = 512, .length = 8,
                        .flags = NOTIFY | THREAD, .slot = 5};
    EXPECT(copy(fd, &wish), 0);
    EXPECT(settled(&status[5]), SUCCESS);
    alarm(1);
    EXPECT(read(fd, events, 8), 4);
    EXPECT(events[0], 5);
    munmap((void *) status, PAGE);
    close(fd);
    munmap(memory, PAGE);
}

int main(void) {
    alarm(60);
    information();
    read_only_open();
    creation();
    access_order();
    lengths();
    local_faults();
    single_use();
    pages_not_addresses();
    memory_never_written();
    old_interface();
    status_array();
    notifications();
    lifetimes();
    two_processes();
    other_users();
    interrupted_read();
    printf("knem_check: %d checks, %d failures\n", checks, failures);
    return failures == 0 ? 0 : 1;
}
