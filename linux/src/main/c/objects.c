/*
 * Kernel objects that are descriptors: eventfd, memfd, pidfd, userfaultfd. Where glibc has a function only since 2.27
 * or later, the system call is made by number, so that the library runs with older ones. None of the creating calls answers EINTR.
 */
#include <linux/memfd.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <fcntl.h>
#include <unistd.h>

#include "native.h"
#include "org_dray_linux_EventFd.h"
#include "org_dray_linux_Memfd.h"
#include "org_dray_linux_Userfaultfd.h"

SAME(EventFd, EFD_CLOEXEC);
SAME(EventFd, EFD_NONBLOCK);
SAME(EventFd, EFD_SEMAPHORE);
SAME(Memfd, MFD_CLOEXEC);
SAME(Memfd, MFD_ALLOW_SEALING);
SAME(Memfd, MFD_HUGETLB);
SAME(Memfd, F_ADD_SEALS);
SAME(Memfd, F_GET_SEALS);
SAME(Memfd, F_SEAL_SEAL);
SAME(Memfd, F_SEAL_SHRINK);
SAME(Memfd, F_SEAL_GROW);
SAME(Memfd, F_SEAL_WRITE);
#ifdef F_SEAL_FUTURE_WRITE
SAME(Memfd, F_SEAL_FUTURE_WRITE);
#endif
SAME(Userfaultfd, UFFD_API);
SAME(Userfaultfd, UFFDIO_API);
SAME(Userfaultfd, UFFDIO_REGISTER);
SAME(Userfaultfd, UFFDIO_UNREGISTER);
SAME(Userfaultfd, UFFDIO_REGISTER_MODE_MISSING);
SAME(Userfaultfd, UFFDIO_REGISTER_MODE_WP);
SAME_SIZE(Userfaultfd, API_BYTES, struct uffdio_api);
SAME_OFFSET(Userfaultfd, API_FEATURES, struct uffdio_api, features);
SAME_SIZE(Userfaultfd, REGISTER_BYTES, struct uffdio_register);
SAME_OFFSET(Userfaultfd, REGISTER_LENGTH, struct uffdio_register, range.len);
SAME_OFFSET(Userfaultfd, REGISTER_MODE, struct uffdio_register, mode);
SAME_OFFSET(Userfaultfd, REGISTER_IOCTLS, struct uffdio_register, ioctls);

NATIVE(jint, eventfd0)(UNUSED_JNI, jint initial, jint flags) {
    return int_result(eventfd((unsigned int) initial, flags));
}

/* EINTR: possible while a full counter blocks. */
NATIVE(jint, eventfdWrite0)(UNUSED_JNI, jint fd, jlong value) {
    return int_result(eventfd_write(fd, (eventfd_t) value));
}

/* EINTR: possible while an empty counter blocks. Java keeps what it adds so small that a count is never negative. */
NATIVE(jlong, eventfdRead0)(UNUSED_JNI, jint fd) {
    eventfd_t value = 0;
    return eventfd_read(fd, &value) == 0 ? (jlong) value : -(jlong) errno;
}

NATIVE(jint, memfdCreate0)(UNUSED_JNI, jlong name, jint flags) {
    return int_result((int) syscall(SYS_memfd_create, pointer(name), (unsigned int) flags));
}

NATIVE(jint, pidfdOpen0)(UNUSED_JNI, jint pid, jint flags) {
    return int_result((int) syscall(SYS_pidfd_open, pid, (unsigned int) flags));
}

NATIVE(jint, pidfdGetfd0)(UNUSED_JNI, jint pidfd, jint target_fd, jint flags) {
    return int_result((int) syscall(SYS_pidfd_getfd, pidfd, target_fd, (unsigned int) flags));
}

NATIVE(jint, pidfdSendSignal0)(UNUSED_JNI, jint pidfd, jint signal, jint flags) {
    return int_result((int) syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, (unsigned int) flags));
}

NATIVE(jint, userfaultfd0)(UNUSED_JNI, jint flags) {
    return int_result((int) syscall(SYS_userfaultfd, flags));
}
