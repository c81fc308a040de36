/* The preloaded library is seen only by programs that this machine's dynamic loader starts, with the user's own rights. */
#include "command.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char LOADER[] = "ld-linux-x86-64.so";

static bool find(const char *command, char *path, size_t size) {
    if (strchr(command, '/') != NULL) {
        snprintf(path, size, "%s", command);
        return access(path, X_OK) == 0;
    }
    const char *at = getenv("PATH");
    for (at = at == NULL ? "/usr/bin:/bin" : at; *at != '\0';) {
        size_t length = strcspn(at, ":");
        snprintf(path, size, "%.*s/%s", (int) length, length == 0 ? "." : at, command);
        struct stat facts;
        if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && access(path, X_OK) == 0) {
            return true;
        }
        at += length + (at[length] == ':');
    }
    return false;
}

/* The loader that a 64-bit program asks for; false where there is none. */
static bool loader_of(int fd, char *loader, size_t size) {
    Elf64_Ehdr header;
    if (pread(fd, &header, sizeof(header), 0) != (ssize_t) sizeof(header) || header.e_phentsize != sizeof(Elf64_Phdr)) {
        return false;
    }
    for (unsigned i = 0; i < header.e_phnum; i++) {
        Elf64_Phdr part;
        off_t at = (off_t) (header.e_phoff + i * sizeof(part));
        if (pread(fd, &part, sizeof(part), at) == (ssize_t) sizeof(part) && part.p_type == PT_INTERP && part.p_filesz < size) {
            ssize_t length = pread(fd, loader, part.p_filesz, (off_t) part.p_offset);
            loader[length < 0 ? 0 : length] = '\0';
            return length > 0;
        }
    }
    return false;
}

static bool is_usable_program(int fd, const char *path, char *why, size_t size) {
    struct stat facts;
    if (fstat(fd, &facts) == 0 && (facts.st_mode & (S_ISUID | S_ISGID)) != 0 && getuid() != 0) {
        snprintf(why, size, "%s changes its user or group, so the loader ignores LD_PRELOAD", path);
        return false;
    }
    if (fgetxattr(fd, "security.capability", NULL, 0) > 0 && getuid() != 0) {
        snprintf(why, size, "%s has file capabilities, so the loader ignores LD_PRELOAD", path);
        return false;
    }
    unsigned char ident[EI_NIDENT];
    char loader[256];
    if (pread(fd, ident, sizeof(ident), 0) != (ssize_t) sizeof(ident) || memcmp(ident, ELFMAG, SELFMAG) != 0 ||
        ident[EI_CLASS] != ELFCLASS64) {
        snprintf(why, size, "%s is no 64-bit program", path);
    } else if (!loader_of(fd, loader, sizeof(loader))) {
        snprintf(why, size, "%s is linked statically: nothing can stand between it and the kernel", path);
    } else if (strstr(loader, LOADER) == NULL) {
        snprintf(why, size, "%s is started by %s, not by glibc's loader", path, loader);
    } else {
        return true;
    }
    return false;
}

/* The interpreter behind #!, without its argument. */
static bool interpreter_of(int fd, char *path, size_t size) {
    char line[256];
    ssize_t length = pread(fd, line, sizeof(line) - 1, 0);
    if (length < 3 || line[0] != '#' || line[1] != '!') {
        return false;
    }
    line[length] = '\0';
    char *start = line + 2 + strspn(line + 2, " \t");
    start[strcspn(start, " \t\n")] = '\0';
    snprintf(path, size, "%s", start);
    return true;
}

bool command_is_usable(const char *command, char *why, size_t size) {
    char path[4096];
    if (!find(command, path, sizeof(path))) {
        snprintf(why, size, "there is no command %s", command);
        return false;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char interpreter[256];
    if (fd >= 0 && interpreter_of(fd, interpreter, sizeof(interpreter))) {
        close(fd);
        snprintf(path, sizeof(path), "%s", interpreter);
        fd = open(path, O_RDONLY | O_CLOEXEC);
    }
    if (fd < 0) {
        snprintf(why, size, "%s cannot be read", path);
        return false;
    }
    bool usable = is_usable_program(fd, path, why, size);
    close(fd);
    return usable;
}
