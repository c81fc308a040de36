/* The status array, the thread that works for a context, and the events that tell of completions. */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "knem.h"

enum { PAGE_BYTES = 4096 };

bool work_run(struct work *work, const struct call *caller) {
    struct memory *from = work->source != NULL ? &work->source->memory : &work->local;
    struct memory *to = work->destination != NULL ? &work->destination->memory : &work->local;
    return memory_copy(to, work->destination_offset, from, work->source_offset, work->length, caller) ==
           work->length;
}

void work_free(struct work *work) {
    if (work == NULL) {
        return;
    }
    if (work->source != NULL) {
        region_let_go(work->source);
    }
    if (work->destination != NULL) {
        region_let_go(work->destination);
    }
    if (work->is_inline && work->takes_local) {
        memory_free(&work->local);
    }
    free(work);
}

void work_submit(struct context *context, struct work *work) {
    *context->last_work = work;
    context->last_work = &work->next;
    pthread_cond_signal(&context->work_arrived);
}

/* One per context, in order of submission. A status is stored before its event. */
static void *worker(void *argument) {
    struct context *context = argument;
    pthread_mutex_lock(&knem_lock);
    for (;;) {
        struct work *work = context->first_work;
        if (work == NULL && context->ending) {
            break;
        }
        if (work == NULL) {
            pthread_cond_wait(&context->work_arrived, &knem_lock);
            continue;
        }
        context->first_work = work->next;
        if (context->first_work == NULL) {
            context->last_work = &context->first_work;
        }
        pthread_mutex_unlock(&knem_lock);
        bool complete = work_run(work, NULL);
        pthread_mutex_lock(&knem_lock);
        status_store(context, work->slot, complete ? STATUS_SUCCESS : STATUS_FAILED);
        if (work->notify) {
            status_notify(context, work->slot);
        }
        work_free(work);
    }
    context_let_go(context);
    pthread_mutex_unlock(&knem_lock);
    return NULL;
}

static long start_worker(struct context *context) {
    pthread_t thread;
    context->holders++;
    if (pthread_create(&thread, NULL, worker, context) != 0) {
        context->holders--;
        return -ENOMEM;
    }
    pthread_detach(thread);
    return 0;
}

/* The client gets an open file of its own: as long as that is mapped, the context lives. */
static int second_open(int fd) {
    char path[64];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    return open(path, O_RDWR | O_CLOEXEC);
}

static long map(struct call *call, struct context *context, uint32_t slots) {
    int array = memfd_create("dray-knem-status", MFD_CLOEXEC);
    if (array < 0 || ftruncate(array, slots) != 0) {
        return -ENOMEM;
    }
    void *status = mmap(NULL, slots, PROT_READ | PROT_WRITE, MAP_SHARED, array, 0);
    context->events = calloc(slots, sizeof(*context->events));
    call->answer_reach = reach_begin();
    call->answer_fd = second_open(array);
    if (call->answer_fd < 0) {
        reach_end(call->answer_reach);
    }
    if (status == MAP_FAILED || context->events == NULL || call->answer_fd < 0 || start_worker(context) != 0) {
        close(array);
        return -ENOMEM;
    }
    context->array = array;
    context->status = status;
    context->slots = slots;
    return 0;
}

long status_map(struct call *call, struct context *context, uint64_t length) {
    uint64_t rounded = (length + PAGE_BYTES - 1) & ~(uint64_t) (PAGE_BYTES - 1);
    if (rounded > UINT64_C(1) << 32 || rounded < length) {
        return -EINVAL;
    }
    pthread_mutex_lock(&knem_lock);
    long result = -EBUSY;
    if (!context->mapped_once) {
        if (rounded > PAGE_BYTES) {
            trap(call, "Z1", "a status array of %llu bytes; more than one page overruns a table of the driver",
                 (unsigned long long) length);
        }
        result = map(call, context, (uint32_t) rounded);
        context->mapped_once = result == 0;
    }
    pthread_mutex_unlock(&knem_lock);
    return result;
}

/* A read lease is refused while anybody else has the file open for writing, and a mapping keeps it open. */
bool status_is_mapped(const struct context *context) {
    if (context->array < 0) {
        return false;
    }
    bool free_of_others = fcntl(context->array, F_SETLEASE, F_RDLCK) == 0;
    if (free_of_others) {
        fcntl(context->array, F_SETLEASE, F_UNLCK);
    }
    return !free_of_others;
}

void status_store(struct context *context, uint32_t slot, uint8_t status) {
    __atomic_store_n(&context->status[slot], status, __ATOMIC_RELEASE);
}

/* Makes the client's descriptor readable for poll, select and epoll. One message in its queue is enough. */
static void raise_readable(const struct context *context) {
    eventfd_write(context->readable, 1);
    if (context->file != NULL) {
        send(context->file->socket, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
}

void status_notify(struct context *context, uint32_t slot) {
    context->events[(context->event_first + context->event_count++) % context->slots] = slot;
    raise_readable(context);
}

/* Closed again before the lock is free: a lookup must not see the descriptor held by the server. */
static void lower_readable(const struct call *call) {
    int descriptor = client_descriptor(call, call->request.descriptor);
    struct stat end;
    char message;
    if (descriptor >= 0 && fstat(descriptor, &end) == 0 && end.st_ino == call->file->descriptor) {
        while (recv(descriptor, &message, 1, MSG_DONTWAIT) > 0) {
        }
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
}

/* Takes what fits; lowers the descriptor, and raises it again if something is left. */
static uint32_t take_events(struct call *call, struct context *context, uint32_t *into, uint32_t most) {
    eventfd_t raised;
    lower_readable(call);
    eventfd_read(context->readable, &raised);
    uint32_t taken = 0;
    while (taken < most && context->event_count > 0) {
        into[taken++] = context->events[context->event_first];
        context->event_first = (context->event_first + 1) % context->slots;
        context->event_count--;
        context->notify_used--;
    }
    if (context->event_count > 0) {
        raise_readable(context);
    }
    return taken;
}

/* False when the caller was interrupted by a signal, or is dead. */
static bool wait_for_event(const struct call *call, const struct context *context) {
    struct pollfd either[2] = {{.fd = context->readable, .events = POLLIN}, {.fd = call->channel, .events = POLLIN}};
    poll(either, 2, -1);
    return either[1].revents == 0;
}

/* A blocking read waits until all of its buffer is full, not until the first event. */
long status_read_events(struct call *call, struct context *context, uint64_t address, uint64_t length, bool nonblocking) {
    if (length % sizeof(uint32_t) != 0) {
        return -EINVAL;
    }
    uint64_t done = 0;
    while (done < length) {
        uint32_t batch[256];
        uint64_t wanted = (length - done) / sizeof(uint32_t);
        pthread_mutex_lock(&knem_lock);
        uint32_t taken = take_events(call, context, batch, wanted < 256 ? (uint32_t) wanted : 256);
        pthread_mutex_unlock(&knem_lock);
        if (taken > 0) {
            if (client_write(call, address + done, batch, taken * sizeof(uint32_t)) != 0 && done == 0) {
                return -EFAULT;
            }
            done += taken * sizeof(uint32_t);
        } else if (nonblocking) {
            return done > 0 ? (long) done : -EAGAIN;
        } else if (!wait_for_event(call, context)) {
            return done > 0 ? (long) done : -EINTR;
        }
    }
    return (long) done;
}
