/* Unix domain sockets. Java lays out addresses and messages; EINTR comes from accept, connect, sendmsg and recvmsg. */
#include <sys/socket.h>
#include <sys/un.h>

#include "native.h"
#include "org_dray_linux_SocketMessage.h"
#include "org_dray_linux_UnixSockets.h"

SAME(UnixSockets, AF_UNIX);
SAME(UnixSockets, SOCK_STREAM);
SAME(UnixSockets, SOCK_DGRAM);
SAME(UnixSockets, SOCK_SEQPACKET);
SAME(UnixSockets, SOCK_CLOEXEC);
SAME(UnixSockets, SOCK_NONBLOCK);
SAME(UnixSockets, SOL_SOCKET);
SAME(UnixSockets, SO_PEERCRED);
SAME_SIZE(UnixSockets, SOCKADDR_UN_BYTES, struct sockaddr_un);
SAME_OFFSET(UnixSockets, SOCKADDR_UN_PATH, struct sockaddr_un, sun_path);
SAME_SIZE(UnixSockets, UCRED_BYTES, struct ucred);
SAME_OFFSET(UnixSockets, UCRED_PID, struct ucred, pid);
SAME_OFFSET(UnixSockets, UCRED_UID, struct ucred, uid);
SAME_OFFSET(UnixSockets, UCRED_GID, struct ucred, gid);
SAME(SocketMessage, MSG_NOSIGNAL);
SAME(SocketMessage, MSG_CMSG_CLOEXEC);
SAME(SocketMessage, MSG_CTRUNC);
SAME(SocketMessage, SCM_RIGHTS);
SAME_SIZE(SocketMessage, MSGHDR_BYTES, struct msghdr);
SAME_OFFSET(SocketMessage, MSGHDR_IOV, struct msghdr, msg_iov);
SAME_OFFSET(SocketMessage, MSGHDR_IOVLEN, struct msghdr, msg_iovlen);
SAME_OFFSET(SocketMessage, MSGHDR_CONTROL, struct msghdr, msg_control);
SAME_OFFSET(SocketMessage, MSGHDR_CONTROLLEN, struct msghdr, msg_controllen);
SAME_OFFSET(SocketMessage, MSGHDR_FLAGS, struct msghdr, msg_flags);
SAME_SIZE(SocketMessage, CMSGHDR_BYTES, struct cmsghdr);
SAME_OFFSET(SocketMessage, CMSGHDR_LEVEL, struct cmsghdr, cmsg_level);
SAME_OFFSET(SocketMessage, CMSGHDR_TYPE, struct cmsghdr, cmsg_type);
_Static_assert(CMSG_LEN(4) == org_dray_linux_SocketMessage_CMSGHDR_BYTES + 4, "control data follow the header");
_Static_assert(CMSG_SPACE(4) == org_dray_linux_SocketMessage_CMSGHDR_BYTES + 8, "and are padded to eight bytes");

NATIVE(jint, socketpair0)(UNUSED_JNI, jint type, jlong two_ints) {
    return int_result(socketpair(AF_UNIX, type, 0, pointer(two_ints)));
}

NATIVE(jint, socket0)(UNUSED_JNI, jint type) {
    return int_result(socket(AF_UNIX, type, 0));
}

NATIVE(jint, bind0)(UNUSED_JNI, jint fd, jlong address, jint length) {
    return int_result(bind(fd, pointer(address), (socklen_t) length));
}

NATIVE(jint, listen0)(UNUSED_JNI, jint fd, jint backlog) {
    return int_result(listen(fd, backlog));
}

NATIVE(jint, accept0)(UNUSED_JNI, jint fd, jint flags) {
    return int_result(accept4(fd, NULL, NULL, flags));
}

NATIVE(jint, connect0)(UNUSED_JNI, jint fd, jlong address, jint length) {
    return int_result(connect(fd, pointer(address), (socklen_t) length));
}

NATIVE(jlong, sendmsg0)(UNUSED_JNI, jint fd, jlong message, jint flags) {
    return long_result(sendmsg(fd, pointer(message), flags));
}

NATIVE(jlong, recvmsg0)(UNUSED_JNI, jint fd, jlong message, jint flags) {
    return long_result(recvmsg(fd, pointer(message), flags));
}

/* The number of bytes written to value, or -errno. */
NATIVE(jint, getsockopt0)(UNUSED_JNI, jint fd, jint level, jint option, jlong value, jint length) {
    socklen_t size = (socklen_t) length;
    return getsockopt(fd, level, option, pointer(value), &size) == 0 ? (jint) size : -errno;
}
