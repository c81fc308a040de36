/* Does what crashes the genuine driver, by number of the hazard. Never run this on a genuine module. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "knem_calls.h"

static int device(int flags) {
    int fd = open("/dev/knem", flags | O_CLOEXEC);
    if (fd < 0) {
        perror("/dev/knem");
        exit(2);
    }
    return fd;
}

static void argument_in_read_only_memory(void) {
    uint8_t *argument = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(argument, 0, 4096);
    mprotect(argument, 4096, PROT_READ);
    ioctl(device(O_RDWR), 0xc0204b21, argument);
}

static void segments(uint64_t first_length, uint64_t second_length, uint32_t count) {
    static uint8_t memory[8192];
    struct range_bytes *ranges = calloc(count, sizeof(*ranges));
    uint64_t cookie = 0;
    ranges[0] = range(memory + 100, first_length);
    ranges[1] = range(memory, second_length);
    create(device(O_RDWR), ranges, count, READ_WRITE, 0, &cookie);
}

int main(int count, char **arguments) {
    const char *what = count == 2 ? arguments[1] : "";
    fd_set set;
    FD_ZERO(&set);
    if (strcmp(what, "Z1") == 0) {
        map_status(device(O_RDWR), 4097);
    } else if (strcmp(what, "Z2-poll") == 0) {
        poll(&(struct pollfd){.fd = device(O_RDONLY), .events = POLLIN}, 1, 0);
    } else if (strcmp(what, "Z2-select") == 0) {
        int fd = device(O_RDONLY);
        FD_SET(fd, &set);
        select(fd + 1, &set, NULL, NULL, &(struct timeval){0});
    } else if (strcmp(what, "Z2-epoll") == 0) {
        struct epoll_event event = {.events = EPOLLIN};
        epoll_ctl(epoll_create1(0), EPOLL_CTL_ADD, device(O_RDONLY), &event);
    } else if (strcmp(what, "Z3") == 0) {
        argument_in_read_only_memory();
    } else if (strcmp(what, "Z4") == 0) {
        segments(UINT64_MAX - 100, 0, 2);
    } else if (strcmp(what, "Z5") == 0) {
        char word[4];
        return (int) read(device(O_RDWR | O_NONBLOCK), word, 4);
    } else if (strcmp(what, "Z7") == 0) {
        segments(1, 1, 65536);
    } else if (strcmp(what, "Z8") == 0) {
        segments(UINT64_C(1) << 63, UINT64_C(1) << 63, 2);
    } else {
        fprintf(stderr, "knem_trap: no hazard %s\n", what);
        return 2;
    }
    return 0;
}
