/*
 * Descriptors that are shared: by threads, by a child, through a socket, across exec; and clients that are killed at any moment. At the end
 * the statistics list the contexts that are left (module parameter statsverbose=1). Can run on a genuine module, too.
 */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "knem_calls.h"

enum { THREADS = 4, ROUNDS = 50, KILLS = 20, BYTES = 1 << 16 };

static int failures;
static int checks;

#define EXPECT(actual, expected) expect((long long) (actual), (long long) (expected), #actual, __LINE__)

static void expect(long long actual, long long expected, const char *what, int line) {
    checks++;
    if (actual != expected) {
        failures++;
        fprintf(stderr, "knem_sharing.c:%d: %s is %lld, expected %lld\n", line, what, actual, expected);
    }
}

static int fd;
static uint64_t cookie;
static uint8_t memory[BYTES];

static int device(void) {
    int opened = open("/dev/knem", O_RDWR | O_CLOEXEC);
    if (opened < 0) {
        perror("/dev/knem");
        exit(2);
    }
    return opened;
}

static void *reader(void *wrong) {
    uint8_t got[4096];
    uint32_t status;
    for (uint64_t i = 0; i < ROUNDS; i++) {
        if (fetch(fd, cookie, i * 101, got, sizeof(got), &status) != 0 || status != SUCCESS || got[0] != 'm' || got[4095] != 'm') {
            __atomic_fetch_add((int *) wrong, 1, __ATOMIC_RELAXED);
        }
    }
    return NULL;
}

static void threads(void) {
    pthread_t all[THREADS];
    int wrong = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&all[i], NULL, reader, &wrong);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(all[i], NULL);
    }
    EXPECT(wrong, 0);
}

/* Creates, copies and destroys until it is killed, with a descriptor of its own. */
static _Noreturn void victim(unsigned number) {
    static uint8_t own[BYTES];
    int mine = device();
    volatile uint8_t *status = number % 2 == 0 ? map_status(mine, 4096) : NULL;
    for (;;) {
        uint64_t region = 0;
        uint32_t done;
        create_one(mine, own, BYTES, READ_WRITE, number % 3 == 0 ? SINGLE_USE : 0, &region);
        put(mine, cookie, 0, "m", 1, &done);
        struct copy wish = {.source = region, .destination = region, .destination_offset = BYTES / 2, .length = BYTES / 2,
                            .flags = status != NULL ? THREAD | NOTIFY : 0};
        copy(mine, &wish);
        destroy(mine, region);
    }
}

static void kills(void) {
    for (unsigned i = 0; i < KILLS; i++) {
        pid_t child = fork();
        if (child == 0) {
            victim(i);
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000L * (rand() % 30)}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    uint8_t byte;
    uint32_t status;
    EXPECT(fetch(fd, cookie, 0, &byte, 1, &status), 0);
    EXPECT(byte, 'm');
}

union one_descriptor {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

static void send_descriptor(int channel, int which) {
    union one_descriptor control;
    char byte = 0;
    memset(&control, 0, sizeof(control));
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.header), &which, sizeof(int));
    EXPECT(sendmsg(channel, &message, 0), 1);
}

static int receive_descriptor(int channel) {
    union one_descriptor control;
    char byte;
    int which = -1;
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    if (recvmsg(channel, &message, 0) == 1) {
        memcpy(&which, CMSG_DATA(&control.header), sizeof(int));
    }
    return which;
}

/* The other process destroys a region of the descriptor that it was sent, then reads another one after exec. */
static void another_process(void) {
    int channel[2];
    int sent = device();
    uint64_t doomed = 0;
    EXPECT(create_one(sent, memory, BYTES, READ_ONLY, 0, &doomed), 0);
    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, channel);
    pid_t child = fork();
    if (child == 0) {
        close(sent);
        int received = receive_descriptor(channel[1]);
        char number[24];
        char region[24];
        snprintf(number, sizeof(number), "%d", received);
        snprintf(region, sizeof(region), "%llu", (unsigned long long) cookie);
        if (destroy(received, doomed) != 0) {
            _exit(3);
        }
        execl("/proc/self/exe", "knem_sharing", number, region, NULL);
        _exit(4);
    }
    send_descriptor(channel[0], sent);
    close(channel[0]);
    close(channel[1]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT(WEXITSTATUS(status), 0);
    EXPECT(destroy(sent, doomed), -EINVAL);
    close(sent);
}

static int after_exec(int inherited, uint64_t region) {
    uint8_t byte = 0;
    uint32_t status;
    return fetch(inherited, region, 0, &byte, 1, &status) == 0 && byte == 'm' ? 0 : 5;
}

static void interrupt(int signal) { (void) signal; }

static void *two_events(void *descriptor) {
    uint32_t events[2];
    return (void *) (intptr_t) read(*(int *) descriptor, events, sizeof(events));
}

static int is_readable(int descriptor) {
    return poll(&(struct pollfd){.fd = descriptor, .events = POLLIN}, 1, 0) == 1;
}

/* A read that waits for its second event holds the open file after the last close, until it returns. */
static void a_call_outlasts_close(void) {
    int shared = device();
    volatile uint8_t *status = map_status(shared, 4096);
    uint64_t kept = 0;
    uint8_t byte;
    uint32_t done;
    void *length;
    pthread_t thread;
    struct sigaction action = {.sa_handler = interrupt};
    sigaction(SIGUSR1, &action, NULL);
    EXPECT(create_one(shared, memory, BYTES, READ_WRITE, 0, &kept), 0);
    struct copy wish = {.source = kept, .destination = kept, .destination_offset = BYTES / 2, .length = 1,
                        .flags = THREAD | NOTIFY};
    EXPECT(copy(shared, &wish), 0);
    while (!is_readable(shared)) {
    }
    pthread_create(&thread, NULL, two_events, &shared);
    while (is_readable(shared)) {
    }
    munmap((void *) (uintptr_t) status, 4096);
    close(shared);
    EXPECT(fetch(fd, kept, 0, &byte, 1, &done), 0);
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, &length);
    EXPECT((intptr_t) length, 4);
    EXPECT(fetch(fd, kept, 0, &byte, 1, &done), -EINVAL);
}

/* Waits at most ten seconds for the dead to be forgotten. */
static void nothing_is_left(void) {
    char text[4097] = "";
    for (int i = 0; i < 1000 && strstr(text, "\n Listed 1 contexts\n") == NULL; i++) {
        int list = open("/dev/knem", O_RDONLY | O_CLOEXEC);
        ssize_t length = read(list, text, sizeof(text) - 1);
        text[length < 0 ? 0 : length] = '\0';
        close(list);
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    EXPECT(strstr(text, "\n Listed 1 contexts\n") != NULL, 1);
    EXPECT(strstr(text, "  Listed 1 regions\n") != NULL, 1);
}

int main(int count, char **arguments) {
    alarm(60);
    if (count == 3) {
        return after_exec(atoi(arguments[1]), strtoull(arguments[2], NULL, 0));
    }
    fd = device();
    memset(memory, 'm', sizeof(memory));
    EXPECT(create_one(fd, memory, BYTES, READ_WRITE, 0, &cookie), 0);
    threads();
    kills();
    another_process();
    a_call_outlasts_close();
    nothing_is_left();
    printf("knem_sharing: %d checks, %d failures\n", checks, failures);
    return failures == 0 ? 0 : 1;
}
