/*
 * The server: the kernel's side of the emulated devices, for all processes of one run. A device model is one table of functions;
 * models decode their driver's interface from tables of their own and share nothing with Dray's backends.
 */
#ifndef DRAY_SERVER_H
#define DRAY_SERVER_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "wire.h"

struct device_model;

/* One open file description of a client. */
struct open_file {
    const struct device_model *model;
    int socket;
    ino_t descriptor; /* the client's end, by which its descriptors are recognised */
    unsigned number; /* in the order of opens, from 1 */
    int flags; /* of open */
    int holders; /* the connection and the calls under way; guarded by the server */
    void *state; /* the model's */
};

/* One request, with whoever sent it: the credentials are the sender's at that moment, checked by the kernel. */
struct call {
    struct call *following; /* of those that wait for a thread */
    struct open_file *file;
    struct wire_request request;
    pid_t pid;
    uid_t uid;
    gid_t gid;
    int channel;
    int answer_fd; /* sent with the answer, then closed; -1 for none */
    int answer_reach; /* of the answer_fd */
    uint64_t extra;
    struct call *next, **place; /* among the calls under way */
    bool is_answered;
    struct traced *traced;
};

/* An argument of ioctl. Segments: it begins with the address of an array of (base, length) and their 32-bit count. */
struct argument_layout {
    uint32_t bytes;
    bool has_segments;
};
enum { ARGUMENT_MOST_BYTES = 256 };

/* All answers are >= 0 or -errno. Calls run concurrently, each on a thread. */
struct device_model {
    const char *name;
    const char *path;
    const char *parameters; /* for people: name=default, ... */
    bool (*set)(const char *name, const char *value);
    const char *(*start)(void); /* NULL, or why the parameters cannot be used */
    long (*open)(struct call *call);
    void (*release)(struct open_file *file); /* nobody refers to the description any more */
    void (*sweep)(void); /* now and then */
    unsigned (*mode)(void); /* permission bits of the device file */
    long (*ioctl)(struct call *call, uint32_t number, uint64_t argument);
    struct argument_layout (*argument)(uint32_t number); /* for the trace; no bytes for numbers that it does not know */
    long (*read)(struct call *call, uint64_t address, uint64_t length, int64_t offset, bool nonblocking);
    long (*write)(struct call *call, uint64_t address, uint64_t length);
    long (*mmap)(struct call *call, uint64_t length, int prot, int flags, uint64_t offset);
    long (*poll)(struct call *call);
    void (*report)(FILE *out); /* what this run used that is not modelled exactly */
};

extern const struct device_model knem_model;

/* Serves until the command has ended. The exit code of the run. */
int serve(int listener, pid_t command, const struct device_model *const *models);

/* The caller's memory, as copy_from_user and copy_to_user see it: 0 or -EFAULT. */
long client_read(const struct call *call, uint64_t address, void *into, size_t length);
long client_write(const struct call *call, uint64_t address, const void *from, size_t length);

/* Whether the caller has begun to die, or has called exec. True before anybody can see it dead, mostly. */
bool client_is_gone(const struct call *call);

/* The same of a caller that may be about to; takes a moment if it is not. */
bool client_ends(const struct call *call);

/* A copy of one of the caller's descriptors; -1 for none. */
int client_descriptor(const struct call *call, int number);

/*
 * What a thread of the server holds of a client, its memory or a descriptor, can outlive the client for a moment. Whoever must
 * not be misled by that waits until all that is held now is let go; who holds something waits for no lock of a model.
 */
int reach_begin(void);
void reach_end(int reach);
void reach_settle(void);

/* Calls under way. An open file lives on in those that are not answered and whose caller still runs. */
void call_begins(struct call *call);
void call_is_answered(struct call *call);
void call_ends(struct call *call);
bool file_is_open(const struct open_file *file);
void calls_of_the_dead_end(const struct call *waiter); /* waits, while its caller lives, until they are answered */
bool calls_are_ending(void); /* some that nobody waits for are still under way */

/* The trace; all of this does nothing if there is none. False: the file cannot be written. */
bool trace_start(const char *path);
void trace_call(struct call *call, const struct device_model *model); /* before it is carried out */
void trace_answer(struct call *call, const struct device_model *model, long value);
void trace_trap(const struct call *call, const char *hazard); /* nothing is written after this */
void trace_release(const struct open_file *file);

/* What would crash the genuine kernel: said, recorded, and the run is over. Does not return to the caller's code. */
_Noreturn void trap(const struct call *call, const char *hazard, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
extern pid_t trap_command;
enum { TRAP_EXIT_CODE = 70 };

#endif
