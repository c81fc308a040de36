/* The trace of a run: a line of JSON for each call that reached the server, written before its answer leaves. */
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server.h"

enum { MOST_SEGMENTS = 4096 };

/* What an ioctl was given, as it was before the call. */
struct traced {
    struct argument_layout layout;
    bool is_readable, has_segments;
    uint8_t before[ARGUMENT_MOST_BYTES];
    uint32_t count;
    struct iovec segments[];
};

static int trace_file = -1;
static pthread_mutex_t trace_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long sequence;

bool trace_start(const char *path) {
    trace_file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
    return trace_file >= 0;
}

/* An array that is unreadable, or longer than the driver takes, has no segments here. */
static struct traced *with_segments(const struct call *call, struct traced *traced) {
    uint64_t address;
    uint32_t count;
    memcpy(&address, traced->before, sizeof(address));
    memcpy(&count, traced->before + sizeof(address), sizeof(count));
    if (count > MOST_SEGMENTS) {
        return traced;
    }
    size_t bytes = count * sizeof(struct iovec);
    struct traced *larger = realloc(traced, sizeof(*larger) + bytes);
    if (larger == NULL) {
        return traced;
    }
    larger->has_segments = client_read(call, address, larger->segments, bytes) == 0;
    larger->count = count;
    return larger;
}

void trace_call(struct call *call, const struct device_model *model) {
    if (trace_file < 0 || model == NULL || call->request.op != WIRE_IOCTL) {
        return;
    }
    struct traced *traced = calloc(1, sizeof(*traced));
    if (traced == NULL) {
        return;
    }
    traced->layout = model->argument((uint32_t) call->request.a);
    traced->is_readable = client_read(call, call->request.b, traced->before, traced->layout.bytes) == 0;
    call->traced = traced->layout.has_segments && traced->is_readable ? with_segments(call, traced) : traced;
}

static void print_bytes(FILE *out, const char *name, const uint8_t *bytes, size_t length, bool is_readable) {
    fprintf(out, ",\"%s\":%s", name, is_readable ? "\"" : "null");
    for (size_t i = 0; is_readable && i < length; i++) {
        fprintf(out, "%02x", bytes[i]);
    }
    fputs(is_readable ? "\"" : "", out);
}

static void print_segments(FILE *out, const struct traced *traced) {
    fprintf(out, ",\"segments\":%s", traced->has_segments ? "[" : "null");
    for (uint32_t i = 0; traced->has_segments && i < traced->count; i++) {
        fprintf(out, "%s[\"0x%llx\",%llu]", i == 0 ? "" : ",", (unsigned long long) traced->segments[i].iov_base,
                (unsigned long long) traced->segments[i].iov_len);
    }
    fputs(traced->has_segments ? "]" : "", out);
}

static void print_ioctl(FILE *out, const struct call *call) {
    const struct traced *traced = call->traced;
    uint8_t after[ARGUMENT_MOST_BYTES];
    fprintf(out, ",\"number\":\"0x%08x\",\"argument\":\"0x%llx\"", (uint32_t) call->request.a,
            (unsigned long long) call->request.b);
    if (traced == NULL) {
        return;
    }
    bool is_readable = client_read(call, call->request.b, after, traced->layout.bytes) == 0;
    print_bytes(out, "before", traced->before, traced->layout.bytes, traced->is_readable);
    print_bytes(out, "after", after, traced->layout.bytes, is_readable);
    if (traced->layout.has_segments) {
        print_segments(out, traced);
    }
}

static void print_arguments(FILE *out, const struct call *call) {
    const struct wire_request *request = &call->request;
    unsigned long long a = request->a;
    unsigned long long b = request->b;
    switch (request->op) {
        case WIRE_OPEN:
            fprintf(out, ",\"flags\":\"0x%llx\"", a);
            break;
        case WIRE_ACCESS:
            fprintf(out, ",\"mode\":%llu", a);
            break;
        case WIRE_IOCTL:
            print_ioctl(out, call);
            break;
        case WIRE_READ:
            fprintf(out, ",\"address\":\"0x%llx\",\"length\":%llu,\"offset\":%lld,\"nonblocking\":%s", a, b,
                    (long long) request->c, request->d != 0 ? "true" : "false");
            break;
        case WIRE_WRITE:
            fprintf(out, ",\"address\":\"0x%llx\",\"length\":%llu", a, b);
            break;
        case WIRE_MMAP:
            fprintf(out, ",\"length\":%llu,\"prot\":%llu,\"flags\":\"0x%llx\",\"offset\":%llu", a, b,
                    (unsigned long long) request->c, (unsigned long long) request->d);
            break;
        default:
            break;
    }
}

/* The lines are in the order of their numbers. Whole lines only, whenever this process or its clients end. */
static void write_line(const char *rest, size_t length) {
    char head[40];
    int digits = snprintf(head, sizeof(head), "{\"sequence\":%lu,", ++sequence);
    struct iovec parts[2] = {{head, (size_t) digits}, {(void *) (uintptr_t) rest, length}};
    if (writev(trace_file, parts, 2) != (ssize_t) length + digits) {
        fprintf(stderr, "dray emulate: the trace ends at line %lu: %s\n", sequence, strerror(errno));
        close(trace_file);
        trace_file = -1;
    }
}

static void print_call(FILE *out, const struct call *call, const struct device_model *model) {
    static const char *const names[] = {
            [WIRE_OPEN] = "open", [WIRE_STAT] = "stat",   [WIRE_ACCESS] = "access", [WIRE_IOCTL] = "ioctl",
            [WIRE_READ] = "read", [WIRE_WRITE] = "write", [WIRE_MMAP] = "mmap",     [WIRE_POLL] = "poll"};
    uint32_t op = call->request.op;
    fprintf(out, "\"device\":\"%s\",\"file\":%u,\"pid\":%d,\"uid\":%u,\"call\":\"%s\"", model->name, call->file->number,
            (int) call->pid, (unsigned) call->uid, op < sizeof(names) / sizeof(names[0]) && op != 0 ? names[op] : "unknown");
    print_arguments(out, call);
}

void trace_answer(struct call *call, const struct device_model *model, long value) {
    char *line = NULL;
    size_t length = 0;
    FILE *out = trace_file < 0 || model == NULL ? NULL : open_memstream(&line, &length);
    if (out != NULL) {
        print_call(out, call, model);
        fprintf(out, ",\"result\":%ld}\n", value);
        fclose(out);
        pthread_mutex_lock(&trace_lock);
        write_line(line, length);
        pthread_mutex_unlock(&trace_lock);
        free(line);
    }
    free(call->traced);
}

void trace_trap(const struct call *call, const char *hazard) {
    char *line = NULL;
    size_t length = 0;
    FILE *out = trace_file < 0 ? NULL : open_memstream(&line, &length);
    if (out != NULL) {
        print_call(out, call, call->file->model);
        fprintf(out, ",\"trap\":\"%s\"}\n", hazard);
        fclose(out);
        pthread_mutex_lock(&trace_lock); /* for good: this is the last line */
        write_line(line, length);
    }
}

void trace_release(const struct open_file *file) {
    char line[80];
    if (trace_file >= 0) {
        int length = snprintf(line, sizeof(line), "\"device\":\"%s\",\"file\":%u,\"call\":\"release\"}\n", file->model->name,
                              file->number);
        pthread_mutex_lock(&trace_lock);
        write_line(line, (size_t) length);
        pthread_mutex_unlock(&trace_lock);
    }
}
