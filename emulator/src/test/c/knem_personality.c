/*
 * How a driver behaves whose administrator forces or ignores flags, or that has no thread, no DMA or no notifications:
 * knem_personality NAME, in front of an emulator (or a module) with the parameters that belong to the name.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "knem_calls.h"

static int failures;
static int checks;

#define EXPECT(actual, expected) expect((long long) (actual), (long long) (expected), #actual, __LINE__)

static void expect(long long actual, long long expected, const char *what, int line) {
    checks++;
    if (actual != expected) {
        failures++;
        fprintf(stderr, "knem_personality.c:%d: %s is %lld, expected %lld\n", line, what, actual, expected);
    }
}

static uint8_t memory[2 * 4096] __attribute__((aligned(4096)));
static int fd;
static uint8_t info[16];
static uint64_t cookie;
static uint32_t status;
static volatile uint8_t *slots;

/* A bounded copy within the region, 64 bytes unless it says so. */
static int within(uint32_t flags, uint32_t slot, uint64_t length) {
    struct copy wish = {.source = cookie, .destination = cookie, .destination_offset = 4096, .length = length,
                        .flags = flags, .slot = slot};
    int result = copy(fd, &wish);
    status = wish.status;
    return result;
}

static int settled(uint32_t slot) {
    for (int i = 0; i < 100000 && __atomic_load_n(&slots[slot], __ATOMIC_ACQUIRE) == PENDING; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    }
    return slots[slot];
}

static void forced_thread(void) {
    EXPECT(get32(info + 12), THREAD);
    EXPECT(within(0, 0, 64), -EINVAL);
    slots = map_status(fd, 4096);
    EXPECT(within(0, 4096, 64), -EINVAL);
    EXPECT(within(0, 9, 64), 0);
    EXPECT(status, PENDING);
    EXPECT(settled(9), SUCCESS);
}

static void forced_single_use(void) {
    EXPECT(get32(info + 12), SINGLE_USE);
    EXPECT((cookie & 0x80000000) != 0, 1);
    EXPECT(fetch(fd, cookie, 0, memory, 1, &status), 0);
    EXPECT(fetch(fd, cookie, 0, memory, 1, &status), -EINVAL);
}

/* sync=1: asynchronous flags are gone, the slot stays as it was, and nothing can be notified. */
static void synchronous(void) {
    EXPECT(get32(info + 8), 0xe);
    EXPECT(within(THREAD, 5000, 64), 0);
    EXPECT(status, SUCCESS);
    slots = map_status(fd, 4096);
    slots[3] = 66;
    EXPECT(within(THREAD | ASYNC_DMA | DMA_THREAD, 3, 64), 0);
    EXPECT(status, SUCCESS);
    EXPECT(slots[3], 66);
    EXPECT(within(THREAD | NOTIFY, 3, 64), -EINVAL);
}

static void no_thread(void) {
    EXPECT(get32(info + 8), 0xc);
    slots = map_status(fd, 4096);
    EXPECT(within(THREAD, 3, 64), 0);
    EXPECT(status, SUCCESS);
    EXPECT(within(THREAD | NOTIFY, 3, 64), -EINVAL);
    EXPECT(within(ASYNC_DMA, 3, 64), 0);
    EXPECT(status, SUCCESS);
    EXPECT(slots[3], SUCCESS);
}

/* Before 1.1.0: the newer flags are dropped, and a read gives the statistics. */
static void no_notify(void) {
    char text[32] = "";
    slots = map_status(fd, 4096);
    EXPECT(within(THREAD | NOTIFY, 3, 64), 0);
    EXPECT(settled(3), SUCCESS);
    EXPECT(read(fd, text, 10), 10);
    EXPECT(strncmp(text, "knem 1.0.0", 10), 0);
}

static void dma(void) {
    EXPECT(get32(info + 4), 1);
    EXPECT(within(DMA, 0, 64), 0);
    EXPECT(status, SUCCESS);
    EXPECT(within(DMA | DMA_THREAD, 1, 64), -EINVAL);
    slots = map_status(fd, 4096);
    EXPECT(within(DMA | DMA_THREAD, 1, 64), 0);
    EXPECT(status, PENDING);
    EXPECT(settled(1), SUCCESS);
    EXPECT(within(DMA | ASYNC_DMA, 2, 64), 0);
    EXPECT(settled(2), SUCCESS);
    EXPECT(within(DMA | THREAD, 3, 64), 0);
    EXPECT(status, SUCCESS);
    EXPECT(slots[3], SUCCESS);
}

static void no_channel(void) {
    EXPECT(get32(info + 4), 0);
    EXPECT(within(DMA, 0, 64), -EINVAL);
    EXPECT(within(0, 0, 64), 0);
}

static void plain(void) {
    EXPECT(get32(info + 4), 0);
    EXPECT(within(DMA, 0, 64), 0);
    EXPECT(status, SUCCESS);
}

static const struct {
    const char *name;
    void (*check)(void);
} personalities[] = {
        {"plain", plain},           {"forced-thread", forced_thread}, {"forced-single-use", forced_single_use},
        {"synchronous", synchronous}, {"no-thread", no_thread},       {"no-notify", no_notify},
        {"dma", dma},               {"no-channel", no_channel},
};

int main(int count, char **arguments) {
    alarm(30);
    fd = open("/dev/knem", O_RDWR | O_CLOEXEC);
    if (fd < 0 || ioctl(fd, 0x40104b10, info) != 0) {
        perror("/dev/knem");
        return 2;
    }
    EXPECT(create_one(fd, memory, sizeof(memory), READ_WRITE, 0, &cookie), 0);
    for (size_t i = 0; i < sizeof(personalities) / sizeof(personalities[0]); i++) {
        if (count == 2 && strcmp(personalities[i].name, arguments[1]) == 0) {
            personalities[i].check();
            printf("knem_personality %s: %d checks, %d failures\n", arguments[1], checks, failures);
            return failures == 0 ? 0 : 1;
        }
    }
    fprintf(stderr, "knem_personality: which?\n");
    return 2;
}
