/* The loop: accepts connections, gives each request to a thread, sees descriptors end, and stops when the command has ended. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "server.h"

enum { SWEEP_MILLIS = 200, LAST_MILLIS = 2000, LAST_ROUNDS = 1000, THREAD_STACK_BYTES = 1 << 18, EVENTS = 16 };

static const struct device_model *const *served;
static pthread_mutex_t files_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_attr_t detached;
static unsigned opens;

static void hold(struct open_file *file) {
    pthread_mutex_lock(&files_lock);
    file->holders++;
    pthread_mutex_unlock(&files_lock);
}

static void let_go(struct open_file *file) {
    pthread_mutex_lock(&files_lock);
    bool last = --file->holders == 0;
    pthread_mutex_unlock(&files_lock);
    if (last) {
        if (file->model != NULL && file->state != NULL) {
            trace_release(file);
            file->model->release(file);
        }
        close(file->socket);
        free(file);
    }
}

static const struct device_model *model_at(const char *path) {
    for (const struct device_model *const *at = served; *at != NULL; at++) {
        if (strcmp((*at)->path, path) == 0) {
            return *at;
        }
    }
    return NULL;
}

static int number_of(const struct device_model *model) {
    int number = 0;
    while (served[number] != model) {
        number++;
    }
    return number;
}

/* The device files belong to the user who started the run. */
static bool is_permitted(const struct device_model *model, const struct call *call, unsigned bits) {
    unsigned mode = model->mode();
    unsigned shift = call->uid == getuid() ? 6 : call->gid == getgid() ? 3 : 0;
    return call->uid == 0 || (mode >> shift & bits) == bits;
}

static long open_device(struct call *call, const struct device_model *model) {
    int access = (int) call->request.a & O_ACCMODE;
    unsigned bits = access == O_RDONLY ? 4 : access == O_WRONLY ? 2 : 6;
    if (!is_permitted(model, call, bits)) {
        return -EACCES;
    }
    struct stat end;
    int descriptor = client_descriptor(call, call->request.descriptor);
    if (descriptor < 0 || fstat(descriptor, &end) != 0) {
        return -EIO;
    }
    close(descriptor);
    call->file->model = model;
    call->file->descriptor = end.st_ino;
    call->file->flags = (int) call->request.a;
    struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY}; /* the drivers charge no locked memory, io_uring does */
    prlimit(call->pid, RLIMIT_MEMLOCK, &unlimited, NULL);
    long result = model->open(call);
    pthread_mutex_lock(&files_lock); /* what open wrote is seen by the threads of later calls */
    call->file->number = result < 0 ? 0 : ++opens;
    pthread_mutex_unlock(&files_lock);
    return result;
}

static const struct device_model *model_of(const struct call *call) {
    const struct device_model *model = call->file->model;
    uint32_t op = call->request.op;
    bool by_path = op == WIRE_OPEN || op == WIRE_ACCESS || (op == WIRE_STAT && model == NULL);
    return by_path ? model_at(call->request.path) : model;
}

static long answer_for(struct call *call, const struct device_model *model) {
    const struct wire_request *request = &call->request;
    if (model == NULL) {
        return -ENOENT;
    }
    switch (request->op) {
        case WIRE_OPEN:
            return open_device(call, model);
        case WIRE_STAT:
            call->extra = model->mode() | (uint64_t) getuid() << 16 | (uint64_t) getgid() << 40;
            return number_of(model);
        case WIRE_ACCESS:
            return (request->a & 1) != 0 || !is_permitted(model, call, (unsigned) request->a & 6) ? -EACCES : 0;
        case WIRE_IOCTL:
            return model->ioctl(call, (uint32_t) request->a, request->b);
        case WIRE_READ:
            return model->read(call, request->a, request->b, (int64_t) request->c, request->d != 0);
        case WIRE_WRITE:
            return model->write(call, request->a, request->b);
        case WIRE_MMAP:
            return model->mmap(call, request->a, (int) request->b, (int) request->c, request->d);
        case WIRE_POLL:
            return model->poll(call);
        default:
            return -EIO;
    }
}

static void send_answer(const struct call *call, long value) {
    struct wire_reply reply = {.kind = WIRE_DONE, .value = value, .extra = call->extra};
    struct iovec data = {&reply, sizeof(reply)};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof(control));
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    if (call->answer_fd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof(control);
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(rights), &call->answer_fd, sizeof(int));
    }
    sendmsg(call->channel, &message, MSG_NOSIGNAL);
}

static void run_call(struct call *call) {
    const struct device_model *model = model_of(call);
    trace_call(call, model);
    long value = answer_for(call, model);
    trace_answer(call, model, value);
    call_is_answered(call);
    send_answer(call, value);
    if (call->answer_fd >= 0) {
        close(call->answer_fd);
        reach_end(call->answer_reach);
    }
    close(call->channel);
    let_go(call->file);
    call_ends(call);
    free(call);
}

/* Threads stay for further calls: there are as many as there were calls at a time, and a new one would take longer. */
static pthread_mutex_t workers_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_left = PTHREAD_COND_INITIALIZER;
static struct call *waiting_calls;
static unsigned idle_workers;

static void *work(void *argument) {
    struct call *call = argument;
    for (;;) {
        run_call(call);
        pthread_mutex_lock(&workers_lock);
        idle_workers++;
        while (waiting_calls == NULL) {
            pthread_cond_wait(&work_left, &workers_lock);
        }
        call = waiting_calls;
        waiting_calls = call->following;
        pthread_mutex_unlock(&workers_lock);
    }
    return NULL;
}

/* Gives a call to an idle thread or a new one; false if there can be none. */
static bool hand_over(struct call *call) {
    pthread_t thread;
    pthread_mutex_lock(&workers_lock);
    bool taken = idle_workers > 0;
    if (taken) {
        idle_workers--;
        call->following = waiting_calls;
        waiting_calls = call;
        pthread_cond_signal(&work_left);
    }
    pthread_mutex_unlock(&workers_lock);
    return taken || pthread_create(&thread, &detached, work, call) == 0;
}

/* Credentials and the reply channel that come with every request; false for anything else. */
static bool unpack(struct msghdr *message, struct call *call) {
    bool known = false;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_type == SCM_CREDENTIALS) {
            struct ucred sender;
            memcpy(&sender, CMSG_DATA(part), sizeof(sender));
            call->pid = sender.pid;
            call->uid = sender.uid;
            call->gid = sender.gid;
            known = true;
        } else if (part->cmsg_type == SCM_RIGHTS && part->cmsg_len == CMSG_LEN(sizeof(int))) {
            memcpy(&call->channel, CMSG_DATA(part), sizeof(int));
        }
    }
    return known && call->channel >= 0;
}

/* One request of this connection; false when it has ended. */
static bool receive(struct open_file *file) {
    struct call *call = calloc(1, sizeof(*call));
    if (call == NULL) {
        return false;
    }
    call->file = file;
    call->channel = call->answer_fd = -1;
    struct iovec data = {&call->request, sizeof(call->request)};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control)};
    ssize_t length = recvmsg(file->socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    bool usable = length == (ssize_t) sizeof(call->request) && unpack(&message, call);
    call->request.path[DRAY_PATH_BYTES - 1] = '\0';
    if (usable) {
        hold(file);
        call_begins(call);
        if (hand_over(call)) {
            return true;
        }
        call_ends(call);
        let_go(file);
        send_answer(call, -ENOMEM);
        close(call->channel);
    }
    free(call);
    return usable || (length < 0 && (errno == EAGAIN || errno == EINTR));
}

static void accept_client(int listener, int events) {
    int socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    struct open_file *file = socket >= 0 ? calloc(1, sizeof(*file)) : NULL;
    if (file == NULL) {
        if (socket >= 0) {
            close(socket);
        }
        return;
    }
    setsockopt(socket, SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int));
    file->socket = socket;
    file->holders = 1;
    struct epoll_event interest = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = file};
    epoll_ctl(events, EPOLL_CTL_ADD, socket, &interest);
}

static void sweep(void) {
    for (const struct device_model *const *at = served; *at != NULL; at++) {
        (*at)->sweep();
    }
}

/* Calls of killed processes come to their end; those of others, which outlive the command, are not waited for. */
static int exit_code(pid_t command) {
    for (int left = LAST_MILLIS; left > 0 && calls_are_ending(); left--) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    int status = 0;
    waitpid(command, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int serve(int listener, pid_t command, const struct device_model *const *models) {
    served = models;
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&detached, THREAD_STACK_BYTES);
    int events = epoll_create1(EPOLL_CLOEXEC);
    int ended = (int) syscall(SYS_pidfd_open, command, 0);
    epoll_ctl(events, EPOLL_CTL_ADD, listener, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &listener});
    epoll_ctl(events, EPOLL_CTL_ADD, ended, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &ended});
    bool over = false; /* what happened until then is still seen, not what goes on */
    for (int left = LAST_ROUNDS; left > 0; left -= over) {
        struct epoll_event happened[EVENTS];
        int count = epoll_wait(events, happened, EVENTS, over ? 0 : SWEEP_MILLIS);
        if (over && count == 0) {
            break;
        }
        sweep();
        for (int i = 0; i < count; i++) {
            void *what = happened[i].data.ptr;
            if (what == &ended) {
                over = true;
                epoll_ctl(events, EPOLL_CTL_DEL, ended, NULL);
            } else if (what == &listener) {
                accept_client(listener, events);
            } else if (!receive(what)) {
                struct open_file *file = what;
                epoll_ctl(events, EPOLL_CTL_DEL, file->socket, NULL);
                let_go(file);
            }
        }
    }
    return exit_code(command);
}
