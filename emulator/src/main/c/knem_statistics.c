/* What a read-only open reads. */
#include <stdlib.h>

#include "knem.h"

struct knem_statistics knem_statistics;

static void counters(FILE *out) {
    const struct knem_statistics *now = &knem_statistics;
    const struct {
        const char *name;
        uint64_t value;
    } lines[] = {
            {"Requests submitted", now->submitted},
            {"Requests processed (total)", now->processed},
            {"Requests processed (using DMA)", now->processed_dma},
            {"Requests processed (offloaded to thread)", now->processed_thread},
            {"Requests processed (with pinned local pages)", now->processed_pinned},
            {"Requests rejected (invalid flags)", now->rejected_flags},
            {"Requests rejected (not enough memory)", now->rejected_memory},
            {"Requests rejected (invalid ioctl argument)", now->rejected_argument},
            {"Requests rejected (unexisting region cookie)", now->rejected_cookie},
            {"Requests rejected (failed to pin local pages)", now->rejected_pin},
            {"Requests failed (during memcpy from/to user)", now->failed_memcpy},
            {"Requests failed (during DMA copy)", now->failed_dma},
            {"DMA copy cleanup timeout", now->dma_timeout},
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        fprintf(out, " %s: %llu\n", lines[i].name, (unsigned long long) lines[i].value);
    }
}

char *statistics_text(uid_t viewer) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL) {
        return NULL;
    }
    pthread_mutex_lock(&knem_lock);
    fprintf(out, "knem %s\n Driver ABI=0x%x\n Flags: forcing 0x%x, ignoring 0x%x\n", knem_parameters.version,
            knem_parameters.abi, knem_forced(), knem_ignored());
    fprintf(out, " DMAEngine: NoKernelSupport\n Debug: NotBuilt\n"); /* also where GET_INFO offers DMA */
    counters(out);
    if (knem_parameters.verbose != 0) {
        context_list(out, viewer);
    }
    pthread_mutex_unlock(&knem_lock);
    fclose(out);
    return text;
}
