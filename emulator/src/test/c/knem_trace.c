/* Calls /dev/knem in every way that a trace shows, and prints the lines that it expects there, without their numbers. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "knem_calls.h"

static char before[113];

static void hex(const uint8_t *bytes, size_t length, char *out) {
    for (size_t i = 0; i < length; i++) {
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    }
}

static void begin(int file, const char *call) {
    printf("{\"device\":\"knem\",\"file\":%d,\"pid\":%d,\"uid\":%d,\"call\":\"%s\"", file, (int) getpid(), (int) getuid(), call);
}

static void end(int result) { printf(",\"result\":%d}\n", result == -1 ? -errno : result); }

static void traced_ioctl(int fd, uint32_t number, uint8_t *argument, size_t length, const char *segments) {
    char after[113];
    hex(argument, length, before);
    int result = ioctl(fd, number, argument);
    hex(argument, length, after);
    begin(1, "ioctl");
    printf(",\"number\":\"0x%08x\",\"argument\":\"%p\",\"before\":\"%s\",\"after\":\"%s\"%s", number, (void *) argument, before,
           after, segments);
    end(result);
}

static void information(int fd) {
    uint8_t info[16] = {0};
    traced_ioctl(fd, 0x40104b10, info, sizeof(info), "");
    if (memcmp(before, "00000000", 8) != 0 || get32(info) != 0xd) {
        exit(1);
    }
    int result = ioctl(fd, 0x40104b10, NULL);
    begin(1, "ioctl");
    printf(",\"number\":\"0x40104b10\",\"argument\":\"0x0\",\"before\":null,\"after\":null");
    end(result);
    result = ioctl(fd, 0x5401, info);
    begin(1, "ioctl");
    printf(",\"number\":\"0x00005401\",\"argument\":\"%p\",\"before\":\"\",\"after\":\"\"", (void *) info);
    end(result);
}

static void regions(int fd) {
    static uint8_t memory[8192];
    struct range_bytes ranges[2] = {range(memory, 100), range(memory + 4096, 1)};
    uint8_t argument[56] = {0};
    char segments[128];
    snprintf(segments, sizeof(segments), ",\"segments\":[[\"%p\",100],[\"%p\",1]]", (void *) memory, (void *) (memory + 4096));
    put64(argument, (uintptr_t) ranges);
    put32(argument + 8, 2);
    put32(argument + 16, READ_WRITE);
    traced_ioctl(fd, 0xc0204b21, argument, 32, segments);
    uint64_t cookie = get64(argument + 24);
    put64(argument + 16, cookie);
    put64(argument + 24, 0);
    put32(argument + 32, 0);
    traced_ioctl(fd, 0x80304b33, argument, 48, segments);
    put64(argument, 0);
    traced_ioctl(fd, 0x80304b33, argument, 48, ",\"segments\":null");
    put64(argument, cookie);
    traced_ioctl(fd, 0x80084b22, argument, 8, "");
    traced_ioctl(fd, 0x80084b22, argument, 8, "");
}

static void events(int fd) {
    char word[4];
    volatile uint8_t *status = map_status(fd, 4096);
    begin(1, "mmap");
    printf(",\"length\":4096,\"prot\":3,\"flags\":\"0x1\",\"offset\":0");
    end(status == MAP_FAILED ? -1 : 0);
    int result = poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, 0);
    begin(1, "poll");
    end(result);
    int length = (int) read(fd, word, sizeof(word));
    begin(1, "read");
    printf(",\"address\":\"%p\",\"length\":4,\"offset\":-1,\"nonblocking\":true", (void *) word);
    end(length);
}

int main(void) {
    struct stat facts;
    char text[5];
    int result = stat("/dev/knem", &facts);
    begin(0, "stat");
    end(result);
    result = access("/dev/knem", R_OK);
    begin(0, "access");
    printf(",\"mode\":4");
    end(result);
    int fd = open("/dev/knem", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    begin(1, "open");
    printf(",\"flags\":\"0x80802\"");
    end(fd < 0 ? -1 : 0);
    information(fd);
    regions(fd);
    events(fd);
    int text_fd = open("/dev/knem", O_RDONLY | O_CLOEXEC);
    begin(2, "open");
    printf(",\"flags\":\"0x80000\"");
    end(text_fd < 0 ? -1 : 0);
    close(fd);
    fd = dup(text_fd);
    close(text_fd);
    int length = (int) pread(fd, text, sizeof(text), 0);
    begin(2, "read");
    printf(",\"address\":\"%p\",\"length\":5,\"offset\":0,\"nonblocking\":false", (void *) text);
    end(length);
    length = (int) write(fd, text, 1);
    begin(2, "write");
    printf(",\"address\":\"%p\",\"length\":1", (void *) text);
    end(length);
    printf("{\"device\":\"knem\",\"file\":1,\"call\":\"release\"}\n{\"device\":\"knem\",\"file\":2,\"call\":\"release\"}\n");
    return 0;
}
