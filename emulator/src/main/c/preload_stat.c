/* A device file looks like one: character device, its own number, owner and mode. */
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "preload.h"

enum { MISC_MAJOR = 10, EMULATED_MINOR = 240 };

/* extra of WIRE_STAT: mode in the low 16 bits, then 24 bits of user and 24 bits of group. */
static long facts_of(const char *path, int fd, struct stat *out) {
    struct wire_request request = {.op = WIRE_STAT};
    uint64_t facts = 0;
    long result = path != NULL ? device_at_path(path, &request, &facts) : device_call(fd, &request, NULL, &facts);
    if (result < 0) {
        return result;
    }
    memset(out, 0, sizeof(*out));
    out->st_mode = S_IFCHR | (mode_t) (facts & 0xffff);
    out->st_uid = (uid_t) (facts >> 16 & 0xffffff);
    out->st_gid = (gid_t) (facts >> 40);
    out->st_nlink = 1;
    out->st_ino = 1;
    out->st_blksize = 4096;
    out->st_rdev = makedev(MISC_MAJOR, (unsigned) EMULATED_MINOR + (unsigned) result);
    return 0;
}

#define STAT(name, type) \
    EXPORT int name(const char *path, struct type *out) { \
        return is_device_path(path) ? (int) result_of(facts_of(path, -1, (struct stat *) out)) : LIBC(name)(path, out); \
    }
#define FSTAT(name, type) \
    EXPORT int name(int fd, struct type *out) { \
        return is_device(fd) ? (int) result_of(facts_of(NULL, fd, (struct stat *) out)) : LIBC(name)(fd, out); \
    }
#define FSTATAT(name, type) \
    EXPORT int name(int dir, const char *path, struct type *out, int flags) { \
        if (is_device_path(path)) { \
            return (int) result_of(facts_of(path, -1, (struct stat *) out)); \
        } \
        return is_empty_path(path) && (flags & AT_EMPTY_PATH) != 0 && is_device(dir) \
                       ? (int) result_of(facts_of(NULL, dir, (struct stat *) out)) \
                       : LIBC(name)(dir, path, out, flags); \
    }
_Static_assert(sizeof(struct stat) == sizeof(struct stat64), "one layout on x86-64");
STAT(stat, stat)
STAT(lstat, stat)
STAT(stat64, stat64)
STAT(lstat64, stat64)
FSTAT(fstat, stat)
FSTAT(fstat64, stat64)
FSTATAT(fstatat, stat)
FSTATAT(fstatat64, stat64)

/* Programs that were built against a glibc before 2.33 call these. */
#define OLD_STAT(name, type) \
    int name(int version, const char *path, struct type *out); \
    EXPORT int name(int version, const char *path, struct type *out) { \
        return is_device_path(path) ? (int) result_of(facts_of(path, -1, (struct stat *) out)) \
                                    : LIBC(name)(version, path, out); \
    }
#define OLD_FSTAT(name, type) \
    int name(int version, int fd, struct type *out); \
    EXPORT int name(int version, int fd, struct type *out) { \
        return is_device(fd) ? (int) result_of(facts_of(NULL, fd, (struct stat *) out)) : LIBC(name)(version, fd, out); \
    }
OLD_STAT(__xstat, stat)
OLD_STAT(__lxstat, stat)
OLD_STAT(__xstat64, stat64)
OLD_STAT(__lxstat64, stat64)
OLD_FSTAT(__fxstat, stat)
OLD_FSTAT(__fxstat64, stat64)

EXPORT int statx(int dir, const char *path, int flags, unsigned mask, struct statx *out) {
    bool by_path = is_device_path(path);
    bool by_fd = !by_path && is_empty_path(path) && (flags & AT_EMPTY_PATH) != 0 && is_device(dir);
    if (!by_path && !by_fd) {
        return LIBC(statx)(dir, path, flags, mask, out);
    }
    struct stat plain;
    long result = facts_of(by_path ? path : NULL, dir, &plain);
    if (result < 0) {
        return (int) result_of(result);
    }
    memset(out, 0, sizeof(*out));
    out->stx_mask = STATX_BASIC_STATS;
    out->stx_mode = (uint16_t) plain.st_mode;
    out->stx_uid = plain.st_uid;
    out->stx_gid = plain.st_gid;
    out->stx_nlink = 1;
    out->stx_ino = 1;
    out->stx_blksize = 4096;
    out->stx_rdev_major = major(plain.st_rdev);
    out->stx_rdev_minor = minor(plain.st_rdev);
    return 0;
}
