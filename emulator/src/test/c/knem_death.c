/*
 * What others see once a process is seen dead, or gone by exec: its regions are gone at once, and no byte of a copy that it
 * asked for arrives any more (after one piece, in front of the emulator). Can run on a genuine module, with statsverbose=1.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "knem_calls.h"

enum {
    ROUNDS = 200,
    COPY_ROUNDS = 12,
    BYTES = 1 << 16,
    BALLAST_BYTES = 32 << 20,
    MOST_BYTES = 64 << 20,
    PIECE_BYTES = 1 << 16
};

static int failures;
static int checks;

#define EXPECT(actual, expected) expect((long long) (actual), (long long) (expected), #actual, __LINE__)

static void expect(long long actual, long long expected, const char *what, int line) {
    checks++;
    if (actual != expected) {
        failures++;
        fprintf(stderr, "knem_death.c:%d: %s is %lld, expected %lld\n", line, what, actual, expected);
    }
}

/* What a victim tells before its end. */
static struct told {
    uint64_t cookie;
    uint32_t calls;
} *told;

static uint8_t memory[BYTES];
static uint64_t large_bytes;

static int device(void) {
    int opened = open("/dev/knem", O_RDWR | O_CLOEXEC);
    if (opened < 0) {
        perror("/dev/knem");
        exit(2);
    }
    return opened;
}

static void pause_nanos(long nanos) { nanosleep(&(struct timespec){.tv_nsec = nanos}, NULL); }

static uint32_t calls_told(void) { return __atomic_load_n(&told->calls, __ATOMIC_ACQUIRE); }

static void tell(uint64_t cookie) {
    told->cookie = cookie;
    __atomic_fetch_add(&told->calls, 1, __ATOMIC_RELEASE);
}

static int owner(uint64_t *cookie) {
    int mine = device();
    if (create_one(mine, memory, BYTES, READ_WRITE, 0, cookie) != 0) {
        _exit(3);
    }
    return mine;
}

static void waits(void) {
    uint64_t cookie;
    owner(&cookie);
    tell(cookie);
    pause();
}

static void creates(void) {
    static uint8_t other[BYTES];
    uint64_t cookie;
    int mine = owner(&cookie);
    for (;;) {
        uint64_t region = 0;
        tell(cookie);
        create_one(mine, other, BYTES, READ_WRITE, 0, &region);
        destroy(mine, region);
    }
}

/* With a status array, and with so much memory that its end takes a while. */
static void copies(void) {
    static uint8_t into[BYTES];
    uint64_t cookie;
    uint32_t status;
    int mine = owner(&cookie);
    map_status(mine, 4096);
    mmap(NULL, BALLAST_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    for (;;) {
        tell(cookie);
        fetch(mine, cookie, 0, into, BYTES, &status);
    }
}

static void reads(void) {
    char events[4];
    uint64_t cookie;
    int mine = owner(&cookie);
    map_status(mine, 4096);
    tell(cookie);
    if (read(mine, events, sizeof(events)) < 0) {
        _exit(4);
    }
}

static void maps(void) {
    uint64_t cookie;
    int mine = owner(&cookie);
    tell(cookie);
    map_status(mine, 4096);
    pause();
}

static void *reads_in_thread(void *descriptor) {
    char events[4];
    return (void *) (intptr_t) read(*(int *) descriptor, events, sizeof(events));
}

static int exec_pipe[2];

/* A thread is inside the device when another one replaces the program. */
static void executes(void) {
    static int mine;
    uint64_t cookie;
    pthread_t thread;
    char number[24];
    mine = owner(&cookie);
    map_status(mine, 4096);
    pthread_create(&thread, NULL, reads_in_thread, &mine);
    tell(cookie);
    snprintf(number, sizeof(number), "%d", exec_pipe[1]);
    execl("/proc/self/exe", "knem_death", number, NULL);
    _exit(5);
}

static pid_t start(void (*victim)(void)) {
    told->calls = 0;
    pid_t child = fork();
    if (child == 0) {
        victim();
        _exit(6);
    }
    while (calls_told() == 0) {
        pause_nanos(10000);
    }
    return child;
}

/* Regions of a process that was killed: how many were found when its death had been seen. */
static int found_after_kill(int fd, void (*victim)(void)) {
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
        uint8_t byte;
        uint32_t status;
        pid_t child = start(victim);
        pause_nanos(1000L * (rand() % 300));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        int result = fetch(fd, told->cookie, 0, &byte, 1, &status);
        found += result != -EINVAL;
    }
    return found;
}

static int found_after_exec(int fd) {
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
        uint8_t byte;
        uint32_t status;
        if (pipe(exec_pipe) != 0) {
            return -1;
        }
        pid_t child = start(executes);
        EXPECT(read(exec_pipe[0], &byte, 1), 1);
        found += fetch(fd, told->cookie, 0, &byte, 1, &status) != -EINVAL;
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(exec_pipe[0]);
        close(exec_pipe[1]);
    }
    return found;
}

static int is_listed(const char *line) {
    char text[4097];
    int list = open("/dev/knem", O_RDONLY | O_CLOEXEC);
    ssize_t length = read(list, text, sizeof(text) - 1);
    text[length < 0 ? 0 : length] = '\0';
    close(list);
    return strstr(text, line) != NULL;
}

/* The bytes from the beginning that have arrived. */
static uint64_t arrived(const volatile uint8_t *at) {
    uint64_t low = 0;
    uint64_t high = large_bytes;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (at[middle] != 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void copy_all(const uint8_t *source, uint64_t destination, int between_regions) {
    int mine = device();
    uint32_t status;
    struct copy wish = {.destination = destination, .length = UINT64_MAX};
    if (!between_regions) {
        put(mine, destination, 0, source, large_bytes, &status);
    } else if (create_one(mine, source, large_bytes, READ_WRITE, 0, &wish.source) == 0) {
        copy(mine, &wish);
    }
}

/* Where the emulator may not lift the limit of locked memory, two regions must stay below it. */
static uint64_t most_bytes(void) {
    struct rlimit locked;
    getrlimit(RLIMIT_MEMLOCK, &locked);
    return locked.rlim_cur / 4 < MOST_BYTES ? locked.rlim_cur / 4 & ~UINT64_C(4095) : MOST_BYTES;
}

/* A copy into this process is under way when its caller is killed. */
static void bytes_stop(int fd) {
    large_bytes = most_bytes();
    uint8_t *target = mmap(NULL, large_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint8_t *source = mmap(NULL, large_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    uint64_t cookie = 0;
    int cut = 0;
    uint64_t most = 0;
    memset(source, 'n', large_bytes);
    memset(target, 0, large_bytes);
    EXPECT(create_one(fd, target, large_bytes, READ_WRITE, 0, &cookie), 0);
    for (int i = 0; i < COPY_ROUNDS; i++) {
        memset(target, 0, large_bytes);
        pid_t child = fork();
        if (child == 0) {
            copy_all(source, cookie, i % 2 == 0);
            pause();
        }
        uint64_t wanted = (uint64_t) rand() % large_bytes;
        while (((volatile uint8_t *) target)[wanted] == 0) {
        }
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        uint64_t seen = arrived(target);
        cut += seen < large_bytes;
        for (int wait = 0; wait < 1000 && !is_listed("\n Listed 1 contexts\n"); wait++) {
            pause_nanos(10000000);
        }
        uint64_t late = arrived(target) - seen;
        most = late > most ? late : most;
    }
    printf("knem_death: %d of %d copies cut short; %llu bytes arrived late at most\n", cut, COPY_ROUNDS,
           (unsigned long long) most);
    EXPECT(most <= PIECE_BYTES, 1);
    EXPECT(destroy(fd, cookie), 0);
}

int main(int count, char **arguments) {
    alarm(100);
    if (count == 2) {
        return write(atoi(arguments[1]), "", 1) == 1 && pause() == 0 ? 0 : 1;
    }
    told = mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int fd = device();
    EXPECT(found_after_kill(fd, waits), 0);
    EXPECT(found_after_kill(fd, creates), 0);
    EXPECT(found_after_kill(fd, copies), 0);
    EXPECT(found_after_kill(fd, reads), 0);
    EXPECT(found_after_kill(fd, maps), 0);
    EXPECT(found_after_exec(fd), 0);
    bytes_stop(fd);
    printf("knem_death: %d checks, %d failures\n", checks, failures);
    return failures == 0 ? 0 : 1;
}
