/*
 * Memory that was never written has no pages of its own, only the kernel's page of zeros. The driver pins that one if it only
 * wants to read, and serves zeros for ever; a ring would make the memory private first. So such pages are noted beforehand.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "memory.h"

/* As in linux/fs.h from Linux 6.7 on. */
struct scan {
    uint64_t size, flags, start, end, walk_end, found, most, most_pages, inverted, all_of, any_of, wanted;
};
#define PAGEMAP_SCAN_PAGES _IOWR('f', 16, struct scan)
enum { IS_ZERO_PAGE = 1 << 5, PAGE_BYTES = 4096, BATCH = 64 };

bool memory_sees_zero_pages = true;

static bool note(struct memory *memory, const struct zero_range *found) {
    struct zero_range *ranges = realloc(memory->zeros, (memory->zero_count + 1) * sizeof(*ranges));
    if (ranges == NULL) {
        return false;
    }
    memory->zeros = ranges;
    memory->zeros[memory->zero_count++] = *found;
    return true;
}

static void scan_segment(struct memory *memory, int pagemap, const struct segment *segment) {
    struct zero_range found[BATCH];
    struct scan scan = {.size = sizeof(scan), .start = segment->base & ~(uint64_t) (PAGE_BYTES - 1),
                        .end = (segment->base + segment->length + PAGE_BYTES - 1) & ~(uint64_t) (PAGE_BYTES - 1),
                        .found = (uintptr_t) found, .most = BATCH, .all_of = IS_ZERO_PAGE, .wanted = IS_ZERO_PAGE};
    while (scan.start < scan.end) {
        int reach = reach_begin();
        int count = ioctl(pagemap, PAGEMAP_SCAN_PAGES, &scan);
        reach_end(reach);
        if (count < 0) {
            memory_sees_zero_pages = false;
            return;
        }
        for (int i = 0; i < count && note(memory, &found[i]); i++) {
        }
        scan.start = scan.walk_end;
    }
}

void memory_note_zero_pages(struct memory *memory) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/pagemap", (int) memory->pid);
    int pagemap = open(path, O_RDONLY | O_CLOEXEC);
    for (uint32_t i = 0; pagemap >= 0 && i < memory->count; i++) {
        scan_segment(memory, pagemap, &memory->segments[i]);
    }
    if (pagemap >= 0) {
        close(pagemap);
    }
}

void memory_keep_zero(const struct memory *memory, uint64_t address, uint64_t length, char *bytes) {
    for (uint32_t i = 0; i < memory->zero_count; i++) {
        uint64_t start = memory->zeros[i].start > address ? memory->zeros[i].start : address;
        uint64_t end = memory->zeros[i].end < address + length ? memory->zeros[i].end : address + length;
        if (start < end) {
            memset(bytes + (start - address), 0, end - start);
        }
    }
}
