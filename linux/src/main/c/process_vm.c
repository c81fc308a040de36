/*
 * Copies between this process and another one. No call retries, splits or completes anything: a short count is
 * returned as it came, and it happens inside one element too. None of them answers EINTR.
 */
#include <limits.h>
#include <sys/uio.h>

#include "native.h"
#include "org_dray_linux_ProcessVm.h"

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
