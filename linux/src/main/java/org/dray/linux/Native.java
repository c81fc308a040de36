package org.dray.linux;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Every native method of Dray. Each is one system call or one C library function with primitive arguments and returns
 * its result or {@code -errno}; what the arguments mean is said where the public classes use them, and whether EINTR
 * can come is said in the C file of the subject.
 *
 * <p>Constants live with their subjects. A class that has some marks one of them {@link java.lang.annotation.Native}:
 * then {@code javac -h} writes all of them into a header, and the C files compare them with the kernel's.
 */
final class Native {
    /** Raised whenever a native is added, removed or changes its meaning. */
    static final int ABI_VERSION = 2;

    /** Why the library could not be loaded, or null. Data rather than an exception out of this initialiser. */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    static final @Nullable Throwable UNAVAILABLE = Loader.load(Native::abiVersion0);

    private Native() {}

    static native int abiVersion0();

    // memory.c
    static native long bufferAddress0(ByteBuffer buffer);

    static native @Nullable ByteBuffer bufferView0(long address, long lengthBytes);

    static native long allocate0(long alignmentBytes, long lengthBytes);

    static native void free0(long address);

    static native void copy0(long sourceAddress, long targetAddress, long lengthBytes);

    static native void fill0(long address, long lengthBytes, byte value);

    static native byte getByte0(long address);

    static native void putByte0(long address, byte value);

    static native long getLong0(long address);

    static native void putLong0(long address, long value);

    // mapping.c
    static native long mmap0(long address, long lengthBytes, int protection, int flags, int fd, long offsetBytes);

    static native int munmap0(long address, long lengthBytes);

    static native long mremap0(long address, long oldLengthBytes, long newLengthBytes, int flags, long newAddress);

    static native int madvise0(long address, long lengthBytes, int advice);

    static native int mprotect0(long address, long lengthBytes, int protection);

    // descriptors.c
    static native int open0(long pathAddress, int flags, int mode);

    static native int close0(int fd);

    static native long read0(int fd, long address, long lengthBytes);

    static native long write0(int fd, long address, long lengthBytes);

    static native long pread0(int fd, long address, long lengthBytes, long offsetBytes);

    static native long pwrite0(int fd, long address, long lengthBytes, long offsetBytes);

    static native int ioctl0(int fd, long request, long argument);

    static native int poll0(long pollfdsAddress, int count, int timeoutMillis);

    static native int pollOne0(int fd, int events, int timeoutMillis);

    static native int fcntl0(int fd, int command, long argument);

    static native int ftruncate0(int fd, long lengthBytes);

    static native int fallocate0(int fd, int mode, long offsetBytes, long lengthBytes);

    // process_vm.c
    static native long processVmRead0(int pid, long localAddress, long remoteAddress, long lengthBytes);

    static native long processVmWrite0(int pid, long localAddress, long remoteAddress, long lengthBytes);

    static native long processVmReadFromHolder0(
            int pid, long localAddress, long remoteAddress, long lengthBytes, int lockFd);

    static native long processVmWriteToHolder0(
            int pid, long localAddress, long remoteAddress, long lengthBytes, int lockFd);

    static native long processVmReadv0(
            int pid, long localIovAddress, long localCount, long remoteIovAddress, long remoteCount);

    static native long processVmWritev0(
            int pid, long localIovAddress, long localCount, long remoteIovAddress, long remoteCount);

    // locks.c
    static native int lock0(int fd, int command, int type, long startBytes, long lengthBytes);

    static native int lockHolder0(int fd, int command, int type, long startBytes, long lengthBytes);

    // objects.c
    static native int eventfd0(int initial, int flags);

    static native int eventfdWrite0(int fd, long value);

    static native long eventfdRead0(int fd);

    static native int memfdCreate0(long nameAddress, int flags);

    static native int pidfdOpen0(int pid, int flags);

    static native int pidfdGetfd0(int pidfd, int targetFd, int flags);

    static native int pidfdSendSignal0(int pidfd, int signal, int flags);

    static native int userfaultfd0(int flags);

    // sockets.c
    static native int socketpair0(int type, long twoIntsAddress);

    static native int socket0(int type);

    static native int bind0(int fd, long sockaddrAddress, int sockaddrBytes);

    static native int listen0(int fd, int backlog);

    static native int accept0(int fd, int flags);

    static native int connect0(int fd, long sockaddrAddress, int sockaddrBytes);

    static native long sendmsg0(int fd, long msghdrAddress, int flags);

    static native long recvmsg0(int fd, long msghdrAddress, int flags);

    static native int getsockopt0(int fd, int level, int option, long valueAddress, int valueBytes);

    // process.c
    static native int signalMask0(int how, long setAddress, long oldSetAddress);

    static native long signalHandler0(int signal);

    static native int kill0(int pid, int signal);

    static native int execve0(long pathAddress, long argumentsAddress, long environmentAddress);

    static native int prctl0(int option, long second, long third, long fourth, long fifth);

    static native int getuid0();

    static native int geteuid0();

    static native long sysconf0(int name);
}
