/* The model of /dev/knem, driver 1.1.4: contexts, regions, copies, the status array. */
#ifndef DRAY_KNEM_H
#define DRAY_KNEM_H

#include <pthread.h>

#include "knem_abi.h"
#include "memory.h"
#include "server.h"

enum dma_engine { DMA_NOT_BUILT, DMA_NO_CHANNEL, DMA_AVAILABLE };

struct knem_parameters {
    uint32_t abi, thread, dma, pin_local, pin_local_read, sync, forced, ignored, notify, mode, verbose;
    enum dma_engine engine;
    char version[32];
};

struct knem_statistics {
    uint64_t submitted, processed, processed_dma, processed_thread, processed_pinned;
    uint64_t rejected_flags, rejected_memory, rejected_argument, rejected_cookie, rejected_pin;
    uint64_t failed_memcpy, failed_dma, dma_timeout;
};

struct region {
    unsigned holders;
    uint32_t protection;
    uid_t owner;
    bool single_use, any_user;
    struct memory memory;
};

struct work {
    struct work *next;
    struct region *source, *destination; /* NULL: the local memory */
    struct memory local;
    uint64_t source_offset, destination_offset, length;
    uint32_t slot;
    bool is_inline, takes_local, notify;
};

struct context {
    unsigned holders;
    uint32_t index, region_random;
    uid_t owner;
    const struct open_file *file; /* to see its end at once; NULL after that */
    uint32_t forced, ignored;
    bool dma_offered;
    struct region **regions;
    uint32_t region_room, region_lowest;
    bool mapped_once;
    uint32_t slots;
    int array; /* memfd of the status array, -1 before mmap */
    uint8_t *status;
    uint32_t notify_used; /* outstanding and unread */
    uint32_t *events;
    uint32_t event_first, event_count;
    int readable; /* eventfd, raised while there are events */
    struct work *first_work, **last_work;
    pthread_cond_t work_arrived;
    bool ending;
};

/* Everything below is called with this lock held, except where it says otherwise. */
extern pthread_mutex_t knem_lock;
extern struct knem_parameters knem_parameters;
extern struct knem_statistics knem_statistics;

/* Parameters, knem_parameters.c */
bool knem_set(const char *name, const char *value);
const char *knem_start(void);
uint32_t knem_forced(void);
uint32_t knem_ignored(void);
uint32_t knem_effective_flags(const struct context *context, uint32_t given, uint32_t mask);

/* Contexts, knem_context.c */
struct context *context_open(const struct call *call); /* NULL: id space exhausted */
void context_let_go(struct context *context);
void context_file_ended(struct context *context);
void context_sweep(void);
struct context *context_by_cookie(uint64_t cookie);
uint32_t context_id(const struct context *context);
void context_list(FILE *out, uid_t viewer);

/* Regions, knem_region.c. Without the lock: region_create and region_destroy. */
long region_create(struct call *call, struct context *context, const struct create_region *wish, uint64_t *cookie);
long region_destroy(const struct call *call, struct context *context, uint64_t cookie);
long region_look_up(const struct call *call, uint64_t cookie, uint32_t protection, struct region **out);
void region_let_go(struct region *region);
long read_ranges(const struct call *call, uint64_t address, uint32_t count, struct iovec **out);

/* Copies, knem_copy.c; without the lock. Answers 0 and the status, or -errno. */
struct transfer {
    bool is_inline, write;
    uint64_t ranges, source, source_offset, destination, destination_offset, length;
    uint32_t range_count, flags, slot;
};
long knem_copy(struct call *call, struct context *context, const struct transfer *wish, uint32_t *status);

/* The status array and its events, knem_status.c */
long status_map(struct call *call, struct context *context, uint64_t length); /* without the lock */
bool status_is_mapped(const struct context *context);
void status_store(struct context *context, uint32_t slot, uint8_t status);
void status_notify(struct context *context, uint32_t slot);
long status_read_events(struct call *call, struct context *context, uint64_t address, uint64_t length, bool nonblocking);
void work_submit(struct context *context, struct work *work);
bool work_run(struct work *work, const struct call *caller); /* without the lock */
void work_free(struct work *work);

/* The statistics text, knem_statistics.c; without the lock. */
char *statistics_text(uid_t viewer);

#endif
