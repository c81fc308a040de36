/*
 * Copies between this process and another one. No call retries, splits or completes anything: a short count is
 * returned as it came, and it happens inside one element too. None of them answers EINTR.
 */
#include <fcntl.h>
#include <limits.h>
#include <sys/uio.h>

#include "native.h"
#include "org_dray_linux_ProcessVm.h"
#include "system_call.h"

SAME(ProcessVm, IOV_MAX);
SAME_SIZE(ProcessVm, IOVEC_BYTES, struct iovec);
SAME_OFFSET(ProcessVm, IOVEC_LENGTH, struct iovec, iov_len);

NATIVE(jlong, processVmRead0)(UNUSED_JNI, jint pid, jlong local, jlong remote, jlong length) {
    struct iovec to = {pointer(local), (size_t) length};
    struct iovec from = {pointer(remote), (size_t) length};
    return long_result(process_vm_readv(pid, &to, 1, &from, 1, 0));
}

NATIVE(jlong, processVmWrite0)(UNUSED_JNI, jint pid, jlong local, jlong remote, jlong length) {
    struct iovec from = {pointer(local), (size_t) length};
    struct iovec to = {pointer(remote), (size_t) length};
    return long_result(process_vm_writev(pid, &from, 1, &to, 1, 0));
}

static int is_held_by(pid_t pid, int lock_fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return system_call(SYS_fcntl, lock_fd, F_GETLK, (long) &lock, 0, 0, 0) == 0 && lock.l_type != F_UNLCK &&
           lock.l_pid == pid;
}

/* Two system calls in one native: crossing from Java into C and back costs as much as a tenth of a small copy. */
static jlong copy_with_holder(long call, jint pid, jlong local, jlong remote, jlong length, jint lock_fd) {
    struct iovec here = {pointer(local), (size_t) length};
    struct iovec there = {pointer(remote), (size_t) length};
    jlong result = system_call(call, pid, (long) &here, 1, (long) &there, 1, 0);
    if (result == length && lock_fd >= 0 && !is_held_by(pid, lock_fd)) {
        return org_dray_linux_ProcessVm_NOT_HELD;
    }
    return result;
}

NATIVE(jlong, processVmReadFromHolder0)
(UNUSED_JNI, jint pid, jlong local, jlong remote, jlong length, jint lock_fd) {
    return copy_with_holder(SYS_process_vm_readv, pid, local, remote, length, lock_fd);
}

NATIVE(jlong, processVmWriteToHolder0)
(UNUSED_JNI, jint pid, jlong local, jlong remote, jlong length, jint lock_fd) {
    return copy_with_holder(SYS_process_vm_writev, pid, local, remote, length, lock_fd);
}

NATIVE(jlong, processVmReadv0)
(UNUSED_JNI, jint pid, jlong local, jlong local_count, jlong remote, jlong remote_count) {
    return long_result(process_vm_readv(
        pid, pointer(local), (unsigned long) local_count, pointer(remote), (unsigned long) remote_count, 0));
}

NATIVE(jlong, processVmWritev0)
(UNUSED_JNI, jint pid, jlong local, jlong local_count, jlong remote, jlong remote_count) {
    return long_result(process_vm_writev(
        pid, pointer(local), (unsigned long) local_count, pointer(remote), (unsigned long) remote_count, 0));
}
