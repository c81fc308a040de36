/* The driver's module parameters, and what sort of driver it is. */
#include <stdlib.h>
#include <string.h>

#include "knem.h"

struct knem_parameters knem_parameters = {
        .abi = ABI_VERSION, .thread = 1, .dma = 1, .pin_local_read = 1, .notify = 1, .mode = 0600, .version = "1.1.4"};

static const struct {
    const char *name;
    uint32_t *value;
} numbers[] = {
        {"abi", &knem_parameters.abi},
        {"thread", &knem_parameters.thread},
        {"dma", &knem_parameters.dma},
        {"pinlocal", &knem_parameters.pin_local},
        {"pinlocalread", &knem_parameters.pin_local_read},
        {"sync", &knem_parameters.sync},
        {"forceflags", &knem_parameters.forced},
        {"ignoreflags", &knem_parameters.ignored},
        {"notify", &knem_parameters.notify},
        {"statsverbose", &knem_parameters.verbose},
        {"mode", &knem_parameters.mode},
};

static bool set_engine(const char *value) {
    static const char *const names[] = {"absent", "unavailable", "available"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], value) == 0) {
            knem_parameters.engine = (enum dma_engine) i;
            return true;
        }
    }
    return false;
}

bool knem_set(const char *name, const char *value) {
    if (strcmp(name, "dmaengine") == 0) {
        return set_engine(value);
    }
    if (strcmp(name, "version") == 0 && strlen(value) < sizeof(knem_parameters.version)) {
        strcpy(knem_parameters.version, value);
        return true;
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (strcmp(numbers[i].name, name) == 0) {
            char *end;
            unsigned long number = strtoul(value, &end, 0);
            *numbers[i].value = (uint32_t) number;
            return *value != '\0' && *end == '\0' && number <= UINT32_MAX;
        }
    }
    return false;
}

uint32_t knem_forced(void) { return knem_parameters.forced | (knem_parameters.pin_local != 0 ? FLAG_PIN_LOCAL : 0); }

uint32_t knem_ignored(void) {
    return knem_parameters.ignored | (knem_parameters.thread != 0 ? 0 : ANY_THREAD) |
           (knem_parameters.dma != 0 ? 0 : FLAG_DMA) | (knem_parameters.sync != 0 ? ANY_ASYNC : 0);
}

const char *knem_start(void) {
    return (knem_forced() & knem_ignored()) != 0 ? "one flag is both forced and ignored: the module would refuse to load" : NULL;
}

uint32_t knem_effective_flags(const struct context *context, uint32_t given, uint32_t mask) {
    uint32_t newer = knem_parameters.notify != 0 ? 0 : FLAG_NOTIFY_FD | FLAG_ANY_USER_ACCESS;
    return (given | context->forced) & ~context->ignored & mask & ~newer;
}
