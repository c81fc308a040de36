/* One request to the server and its answer. */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "preload.h"

static char address[DRAY_ADDRESS_BYTES];
static char paths[1024];

__attribute__((constructor(101))) static void initialize(void) {
    const char *given = getenv(DRAY_EMULATOR_ADDRESS);
    const char *devices = getenv(DRAY_EMULATED_PATHS);
    if (given != NULL && devices != NULL && strlen(given) < sizeof(address) && strlen(devices) < sizeof(paths)) {
        strcpy(paths, devices);
        strcpy(address, given);
    }
}

void *libc_function(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) {
        abort();
    }
    return found;
}

long result_of(long result) {
    if (result >= 0) {
        return result;
    }
    errno = (int) -result;
    return -1;
}

bool is_device_path(const char *path) {
    if (path == NULL || path[0] != '/') {
        return false;
    }
    size_t length = strlen(path);
    for (const char *at = paths; *at != '\0';) {
        size_t item = strcspn(at, ":");
        if (item == length && memcmp(at, path, item) == 0) {
            return true;
        }
        at += item + (at[item] == ':');
    }
    return false;
}

bool is_empty_path(const char *path) { return path == NULL || path[0] == '\0'; }

static socklen_t server_address(struct sockaddr_un *out) {
    memset(out, 0, sizeof(*out));
    out->sun_family = AF_UNIX;
    memcpy(out->sun_path + 1, address, strlen(address));
    return (socklen_t) (offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address));
}

bool is_device(int fd) {
    if (fd < 0 || address[0] == '\0') {
        return false;
    }
    int saved = errno;
    struct sockaddr_un peer;
    struct sockaddr_un server;
    socklen_t peer_length = sizeof(peer);
    socklen_t server_length = server_address(&server);
    bool same = getpeername(fd, (struct sockaddr *) &peer, &peer_length) == 0 && peer_length == server_length &&
                memcmp(&peer, &server, server_length) == 0;
    errno = saved;
    return same;
}

/* Where Yama restricts tracing, the server must be named as the one that may read and write this process. */
static void admit_server(int fd) {
    static pid_t admitted;
    if (admitted != getpid()) {
        struct ucred server;
        socklen_t length = sizeof(server);
        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &server, &length) == 0) {
            prctl(PR_SET_PTRACER, server.pid, 0, 0, 0);
        }
        admitted = getpid();
    }
}

/* The reply channel travels along. The descriptor does not: nobody but clients may hold it, so that the server sees it end. */
static long send_request(int fd, const struct wire_request *request, int channel) {
    struct wire_request sent = *request;
    sent.descriptor = fd;
    struct iovec data = {&sent, sizeof(sent)};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof(control));
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control)};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(rights), &channel, sizeof(int));
    for (;;) {
        if (sendmsg(fd, &message, MSG_NOSIGNAL) >= 0) {
            return 0;
        }
        if (errno == EAGAIN) {
            struct pollfd room = {.fd = fd, .events = POLLOUT};
            LIBC(poll)(&room, 1, -1);
        } else if (errno != EINTR) {
            return errno == EPIPE || errno == ECONNRESET ? -EIO : -errno;
        }
    }
}

static ssize_t receive_reply(int channel, struct wire_reply *reply, int *received) {
    struct iovec data = {reply, sizeof(*reply)};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control)};
    ssize_t length = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
    *received = -1;
    if (length >= 0) {
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        if (rights != NULL && rights->cmsg_type == SCM_RIGHTS) {
            memcpy(received, CMSG_DATA(rights), sizeof(int));
        }
    }
    return length;
}

static long await_answer(int channel, const struct wire_request *request, int *received, uint64_t *extra) {
    int ring = -1;
    long result;
    for (;;) {
        struct wire_reply reply;
        struct wire_pinned answer = {.ring = -1};
        int fd;
        ssize_t length = receive_reply(channel, &reply, &fd);
        if (length < 0 && errno == EINTR) {
            if (request->op == WIRE_READ) {
                send(channel, &answer, sizeof(answer), MSG_NOSIGNAL);
            }
            continue;
        }
        if (length < 0 && errno == ECONNRESET) {
            continue; /* the server left without reading of an interruption; its answer follows */
        }
        if (length == (ssize_t) sizeof(reply) && reply.kind == WIRE_PIN) {
            pin_ranges(fd, reply.count, &answer);
            close(fd);
            ring = answer.ring;
            send(channel, &answer, sizeof(answer), MSG_NOSIGNAL);
            continue;
        }
        result = length == (ssize_t) sizeof(reply) ? reply.value : -EIO;
        if (received != NULL) {
            *received = fd;
        } else if (fd >= 0) {
            close(fd);
        }
        if (extra != NULL) {
            *extra = reply.extra;
        }
        break;
    }
    if (ring >= 0) {
        close(ring);
    }
    return result;
}

long device_call(int fd, const struct wire_request *request, int *received, uint64_t *extra) {
    int saved = errno;
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0) {
        return -errno;
    }
    admit_server(fd);
    long result = send_request(fd, request, channel[1]);
    close(channel[1]);
    if (result == 0) {
        result = await_answer(channel[0], request, received, extra);
    }
    close(channel[0]);
    errno = saved;
    return result;
}

static int connect_to_server(int type) {
    struct sockaddr_un server;
    socklen_t length = server_address(&server);
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | type, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *) &server, length) != 0) {
        close(fd);
        errno = ENXIO;
        return -1;
    }
    return fd;
}

int device_open(const char *path, int flags) {
    struct wire_request request = {.op = WIRE_OPEN, .a = (uint64_t) flags};
    strcpy(request.path, path);
    int fd = connect_to_server((flags & O_CLOEXEC) != 0 ? SOCK_CLOEXEC : 0);
    if (fd < 0) {
        return -1;
    }
    long result = device_call(fd, &request, NULL, NULL);
    if (result < 0) {
        close(fd);
        return (int) result_of(result);
    }
    if ((flags & O_NONBLOCK) != 0) {
        fcntl(fd, F_SETFL, O_NONBLOCK);
    }
    return fd;
}

long device_at_path(const char *path, struct wire_request *request, uint64_t *extra) {
    strcpy(request->path, path);
    int fd = connect_to_server(SOCK_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    long result = device_call(fd, request, NULL, extra);
    close(fd);
    return result;
}
