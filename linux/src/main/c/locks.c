/* POSIX record locks and open-file-description locks. Only the forms that do not wait, so no EINTR. */
#include <fcntl.h>
#include <unistd.h>

#include "native.h"
#include "org_dray_linux_Locks.h"

SAME(Locks, F_RDLCK);
SAME(Locks, F_WRLCK);
SAME(Locks, F_UNLCK);
SAME(Locks, F_GETLK);
SAME(Locks, F_SETLK);
SAME(Locks, F_OFD_GETLK);
SAME(Locks, F_OFD_SETLK);

static struct flock range_lock(jint type, jlong start, jlong length) {
    struct flock lock = {0}; /* the OFD commands insist on l_pid 0 */
    lock.l_type = (short) type;
    lock.l_whence = SEEK_SET;
    lock.l_start = start;
    lock.l_len = length;
    return lock;
}

NATIVE(jint, lock0)(UNUSED_JNI, jint fd, jint command, jint type, jlong start, jlong length) {
    struct flock lock = range_lock(type, start, length);
    return int_result(fcntl(fd, command, &lock));
}

/* Who stands in the way: the type tells free from held, since the pid of a holder can be 0 (not visible here) or -1. */
NATIVE(jint, lockHolder0)(UNUSED_JNI, jint fd, jint command, jint type, jlong start, jlong length) {
    struct flock lock = range_lock(type, start, length);
    if (fcntl(fd, command, &lock) != 0) {
        return -errno;
    }
    if (lock.l_type == F_UNLCK) {
        return 0;
    }
    if (lock.l_pid == -1) {
        return org_dray_linux_Locks_HELD_BY_DESCRIPTION;
    }
    return lock.l_pid > 0 ? lock.l_pid : org_dray_linux_Locks_HELD_BY_INVISIBLE_PROCESS;
}
