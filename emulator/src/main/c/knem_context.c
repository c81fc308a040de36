/* Contexts: one per open for writing. Ids are handed out lowest first, and are gone with the last reference to the open file. */
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "knem.h"

pthread_mutex_t knem_lock = PTHREAD_MUTEX_INITIALIZER;

enum { MOST_CONTEXTS = 1 << 16 };
static const uint32_t INDEX_MASK = 0x7fffffff;

static struct context *contexts[MOST_CONTEXTS];
static uint32_t context_random;
static uint32_t context_ceiling; /* every used index is below */

static uint32_t random_word(void) {
    uint32_t word = 0;
    if (getrandom(&word, sizeof(word), 0) != (ssize_t) sizeof(word)) {
        abort();
    }
    return word;
}

struct context *context_open(const struct call *call) {
    if (context_random == 0) {
        context_random = (random_word() & INDEX_MASK) | 1;
    }
    uint32_t index = 0;
    while (index < MOST_CONTEXTS && contexts[index] != NULL) {
        index++;
    }
    struct context *context = index < MOST_CONTEXTS ? calloc(1, sizeof(*context)) : NULL;
    if (context == NULL) {
        return NULL;
    }
    context->holders = 1;
    context->index = index;
    context->region_random = random_word();
    context->owner = call->uid;
    context->file = call->file;
    context->forced = knem_forced();
    context->ignored = knem_ignored();
    context->dma_offered = knem_parameters.engine == DMA_AVAILABLE && (context->ignored & FLAG_DMA) == 0;
    context->array = -1;
    context->readable = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    context->last_work = &context->first_work;
    pthread_cond_init(&context->work_arrived, NULL);
    contexts[index] = context;
    context_ceiling = index >= context_ceiling ? index + 1 : context_ceiling;
    return context;
}

void context_let_go(struct context *context) {
    if (--context->holders > 0) {
        return;
    }
    if (context->array >= 0) {
        munmap(context->status, context->slots);
        close(context->array);
    }
    close(context->readable);
    pthread_cond_destroy(&context->work_arrived);
    free(context->events);
    free(context);
}

/* The id first: every later lookup fails. What is queued is still done. */
static void end(struct context *context) {
    contexts[context->index] = NULL;
    for (uint32_t i = 0; i < context->region_room; i++) {
        if (context->regions[i] != NULL) {
            region_let_go(context->regions[i]);
        }
    }
    free(context->regions);
    context->regions = NULL;
    context->region_room = 0;
    context->ending = true;
    pthread_cond_broadcast(&context->work_arrived);
    context_let_go(context);
}

void context_file_ended(struct context *context) {
    context->file = NULL;
    if (!status_is_mapped(context)) {
        end(context);
    }
}

/* Contexts of closed files live on while their status array is mapped. */
void context_sweep(void) {
    for (uint32_t i = 0; i < context_ceiling; i++) {
        if (contexts[i] != NULL && contexts[i]->file == NULL && !status_is_mapped(contexts[i])) {
            end(contexts[i]);
        }
    }
}

/* The server may not have been told yet that the last descriptor is gone, and may itself keep the status array mapped. */
static bool is_alive(const struct context *context) {
    if (context->file != NULL && file_is_open(context->file)) {
        return true;
    }
    if (status_is_mapped(context)) {
        reach_settle();
    }
    return status_is_mapped(context);
}

struct context *context_by_cookie(uint64_t cookie) {
    uint32_t index = ((uint32_t) cookie & INDEX_MASK) ^ context_random;
    struct context *context = index < MOST_CONTEXTS ? contexts[index] : NULL;
    return context != NULL && is_alive(context) ? context : NULL;
}

uint32_t context_id(const struct context *context) { return context->index ^ context_random; }

void context_list(FILE *out, uid_t viewer) {
    unsigned listed = 0;
    unsigned hidden = 0;
    for (uint32_t i = 0; i < context_ceiling; i++) {
        const struct context *context = contexts[i];
        if (context == NULL || !is_alive(context)) {
            continue;
        }
        if (viewer != 0 && viewer != context->owner) {
            hidden++;
            continue;
        }
        listed++;
        fprintf(out, " Context %08x\n", context_id(context));
        unsigned regions = 0;
        for (uint32_t r = 0; r < context->region_room; r++) {
            if (context->regions[r] != NULL) {
                regions++;
                fprintf(out, "  Region %08x%s\n", r ^ context->region_random,
                        context->regions[r]->single_use ? " SingleUse" : "");
            }
        }
        fprintf(out, "  Listed %u regions\n", regions);
    }
    fprintf(out, " Listed %u contexts", listed);
    if (hidden > 0) {
        fprintf(out, " (%u hidden)", hidden);
    }
    fputc('\n', out);
}
