/* dray-emulator DEVICE[,DEVICE] [--set name=value]... [--trace file] -- COMMAND: runs a command in front of emulated devices. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "command.h"
#include "server.h"

enum { USAGE_EXIT_CODE = 2, MOST_DEVICES = 8, BACKLOG = 128 };

static const struct device_model *const device_models[] = {&knem_model, NULL};

static const struct device_model *chosen[MOST_DEVICES + 1];
static int chosen_count;

static _Noreturn void refuse(const char *why) {
    fprintf(stderr, "dray emulate: %s\n", why);
    exit(USAGE_EXIT_CODE);
}

static _Noreturn void usage(void) {
    fprintf(stderr, "usage: dray-emulator DEVICE[,DEVICE] [--set [DEVICE.]NAME=VALUE]... [--trace FILE] "
                    "-- COMMAND [ARGUMENT]...\n");
    for (const struct device_model *const *at = device_models; *at != NULL; at++) {
        fprintf(stderr, "  %s: %s; %s\n", (*at)->name, (*at)->path, (*at)->parameters);
    }
    exit(USAGE_EXIT_CODE);
}

static void choose(char *names) {
    char *rest = NULL;
    for (char *name = strtok_r(names, ",", &rest); name != NULL; name = strtok_r(NULL, ",", &rest)) {
        const struct device_model *const *at = device_models;
        while (*at != NULL && strcmp((*at)->name, name) != 0) {
            at++;
        }
        if (*at == NULL || chosen_count == MOST_DEVICES) {
            fprintf(stderr, "dray emulate: there is no device model %s\n", name);
            usage();
        }
        chosen[chosen_count++] = *at;
    }
}

/* DEVICE.NAME=VALUE, or NAME=VALUE where there is one device only. */
static void set(char *assignment) {
    char *value = strchr(assignment, '=');
    char *dot = strchr(assignment, '.');
    const struct device_model *model = chosen_count == 1 ? chosen[0] : NULL;
    if (value == NULL) {
        refuse("--set wants NAME=VALUE");
    }
    *value++ = '\0';
    if (dot != NULL && dot < value) {
        *dot = '\0';
        model = NULL;
        for (int i = 0; i < chosen_count; i++) {
            model = strcmp(chosen[i]->name, assignment) == 0 ? chosen[i] : model;
        }
        assignment = dot + 1;
    }
    if (model == NULL || !model->set(assignment, value)) {
        fprintf(stderr, "dray emulate: no parameter %s that could be %s\n", assignment, value);
        usage();
    }
}

/* Where io_uring, pidfd_getfd or process_vm_readv are switched off, regions cannot hold pages. */
static void require_kernel(void) {
    struct io_uring_params params = {0};
    int ring = (int) syscall(SYS_io_uring_setup, 1, &params);
    if (ring < 0) {
        fprintf(stderr, "dray emulate: io_uring is not to be had here (%s): regions could not hold pages\n", strerror(errno));
        exit(USAGE_EXIT_CODE);
    }
    close(ring);
}

static int listen_at(char *name, size_t size) {
    unsigned long long random = 0;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (getrandom(&random, sizeof(random), 0) != (ssize_t) sizeof(random)) {
        refuse("no random numbers");
    }
    snprintf(name, size, "dray-emulator-%d-%016llx", (int) getpid(), random);
    memcpy(address.sun_path + 1, name, strlen(name));
    int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int));
    socklen_t length = (socklen_t) (offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
    if (listener < 0 || bind(listener, (struct sockaddr *) &address, length) != 0 || listen(listener, BACKLOG) != 0) {
        refuse("no socket");
    }
    return listener;
}

/* The library lies beside this program, or where DRAY_EMULATOR_PRELOAD says. */
static void preload_path(char *out, size_t size) {
    const char *given = getenv("DRAY_EMULATOR_PRELOAD");
    if (given != NULL) {
        snprintf(out, size, "%s", given);
    } else {
        ssize_t length = readlink("/proc/self/exe", out, size - 32);
        out[length < 0 ? 0 : length] = '\0';
        char *slash = strrchr(out, '/');
        strcpy(slash == NULL ? out : slash + 1, "libdray-preload.so");
    }
    if (access(out, R_OK) != 0 || strpbrk(out, " :") != NULL) {
        fprintf(stderr, "dray emulate: %s cannot be preloaded: it must exist, in a place without blanks and colons\n", out);
        exit(USAGE_EXIT_CODE);
    }
}

static void prepare_environment(const char *address) {
    char library[4096];
    char value[8192];
    char paths[1024] = "";
    preload_path(library, sizeof(library));
    const char *before = getenv("LD_PRELOAD");
    snprintf(value, sizeof(value), "%s%s%s", library, before == NULL ? "" : ":", before == NULL ? "" : before);
    setenv("LD_PRELOAD", value, 1);
    for (int i = 0; i < chosen_count; i++) {
        snprintf(paths + strlen(paths), sizeof(paths) - strlen(paths), "%s%s", i == 0 ? "" : ":", chosen[i]->path);
    }
    setenv(DRAY_EMULATED_PATHS, paths, 1);
    setenv(DRAY_EMULATOR_ADDRESS, address, 1);
}

static void raise_limits(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* a terminal sends these to the command, too; the server goes after it */
    signal(SIGQUIT, SIG_IGN);
}

static void forward(int signal) { kill(trap_command, signal); }

static int run(char **command) {
    char address[DRAY_ADDRESS_BYTES];
    int listener = listen_at(address, sizeof(address));
    trap_command = fork();
    if (trap_command == 0) {
        prepare_environment(address);
        execvp(command[0], command);
        fprintf(stderr, "dray emulate: %s: %s\n", command[0], strerror(errno));
        _exit(USAGE_EXIT_CODE);
    }
    if (trap_command < 0) {
        refuse("no process to be had");
    }
    signal(SIGTERM, forward);
    signal(SIGHUP, forward);
    raise_limits();
    int code = serve(listener, trap_command, chosen);
    for (int i = 0; i < chosen_count; i++) {
        chosen[i]->report(stderr);
    }
    return code;
}

int main(int count, char **arguments) {
    int at = 2;
    if (count < 4) {
        usage();
    }
    choose(arguments[1]);
    const char *trace = NULL;
    for (; at + 1 < count && strcmp(arguments[at], "--") != 0; at += 2) {
        if (strcmp(arguments[at], "--set") == 0) {
            set(arguments[at + 1]);
        } else if (strcmp(arguments[at], "--trace") == 0) {
            trace = arguments[at + 1];
        } else {
            usage();
        }
    }
    if (at + 1 >= count) {
        usage();
    }
    for (int i = 0; i < chosen_count; i++) {
        const char *why = chosen[i]->start();
        if (why != NULL) {
            refuse(why);
        }
    }
    char why[5000];
    if (!command_is_usable(arguments[at + 1], why, sizeof(why))) {
        refuse(why);
    }
    require_kernel();
    if (trace != NULL && !trace_start(trace)) {
        fprintf(stderr, "dray emulate: no trace can be written to %s: %s\n", trace, strerror(errno));
        return USAGE_EXIT_CODE;
    }
    return run(arguments + at + 1);
}
