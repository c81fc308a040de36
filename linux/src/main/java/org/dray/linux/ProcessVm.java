package org.dray.linux;

/**
 * {@code process_vm_readv} and {@code process_vm_writev}: copies between this process and another one.
 *
 * <p>All methods are raw: they return the number of bytes moved, or {@code -errno}, allocate nothing and check nothing.
 * They also complete nothing: <b>a count below the request is an ordinary result</b>, also with a single element (a
 * hole on either side, or more than 2 147 479 552 bytes), and the bytes behind it were not touched. EPERM is the
 * kernel's refusal of this pair of processes, ESRCH a process that is gone, EFAULT a first byte that is not accessible
 * on one of the two sides.
 */
public final class ProcessVm {
    /** Most elements per side of one call; one more is EINVAL. */
    @java.lang.annotation.Native
    public static final int IOV_MAX = 1024;

    /** Size of a {@code struct iovec}: the address at 0, the length at {@link #IOVEC_LENGTH}, both eight bytes. */
    public static final int IOVEC_BYTES = 16;

    /** Offset of the length in a {@code struct iovec}. */
    public static final int IOVEC_LENGTH = 8;

    /** What {@link #readFromHolder} and {@link #writeToHolder} answer if all was moved and the lock is not held. */
    @java.lang.annotation.Native
    public static final long NOT_HELD = Integer.MIN_VALUE;

    private ProcessVm() {}

    /**
     * Reads one range of another process. Raw.
     *
     * @param pid the other process
     * @param localAddress where the bytes go
     * @param remoteAddress where they come from, in that process
     * @param lengthBytes how many; 0 moves nothing and answers 0
     * @return bytes moved, or {@code -errno}
     */
    public static long read(int pid, long localAddress, long remoteAddress, long lengthBytes) {
        return Native.processVmRead0(pid, localAddress, remoteAddress, lengthBytes);
    }

    /**
     * Writes one range of another process. Raw.
     *
     * @param pid the other process
     * @param localAddress where the bytes come from
     * @param remoteAddress where they go, in that process
     * @param lengthBytes how many; 0 moves nothing and answers 0
     * @return bytes moved, or {@code -errno}
     */
    public static long write(int pid, long localAddress, long remoteAddress, long lengthBytes) {
        return Native.processVmWrite0(pid, localAddress, remoteAddress, lengthBytes);
    }

    /**
     * Reads one range and then, if all bytes were moved, asks whether the process holds a record lock on a file. Raw.
     *
     * @param pid the other process
     * @param localAddress where the bytes go
     * @param remoteAddress where they come from, in that process
     * @param lengthBytes how many, at least 1
     * @param lockFd a descriptor of the file, or -1 not to ask
     * @return bytes moved, {@code -errno}, or {@link #NOT_HELD} if the process holds no lock on the file
     */
    public static long readFromHolder(int pid, long localAddress, long remoteAddress, long lengthBytes, int lockFd) {
        return Native.processVmReadFromHolder0(pid, localAddress, remoteAddress, lengthBytes, lockFd);
    }

    /**
     * Writes one range and then, if all bytes were moved, asks whether the process holds a record lock on a file. Raw.
     *
     * @param pid the other process
     * @param localAddress where the bytes come from
     * @param remoteAddress where they go, in that process
     * @param lengthBytes how many, at least 1
     * @param lockFd a descriptor of the file, or -1 not to ask
     * @return bytes moved, {@code -errno}, or {@link #NOT_HELD} if the process holds no lock on the file
     */
    public static long writeToHolder(int pid, long localAddress, long remoteAddress, long lengthBytes, int lockFd) {
        return Native.processVmWriteToHolder0(pid, localAddress, remoteAddress, lengthBytes, lockFd);
    }

    /**
     * Reads several ranges in one call. The two lists need not pair up: the bytes of one stream into the other. Raw.
     *
     * @param pid the other process
     * @param localIovAddress packed {@code struct iovec} of this process
     * @param localCount how many, at most {@link #IOV_MAX}
     * @param remoteIovAddress packed {@code struct iovec}, stored here, with addresses of that process
     * @param remoteCount how many, at most {@link #IOV_MAX}
     * @return bytes moved, or {@code -errno}
     */
    public static long readv(int pid, long localIovAddress, long localCount, long remoteIovAddress, long remoteCount) {
        return Native.processVmReadv0(pid, localIovAddress, localCount, remoteIovAddress, remoteCount);
    }

    /**
     * Writes several ranges in one call; as {@link #readv}, in the other direction. Raw.
     *
     * @param pid the other process
     * @param localIovAddress packed {@code struct iovec} of this process
     * @param localCount how many, at most {@link #IOV_MAX}
     * @param remoteIovAddress packed {@code struct iovec}, stored here, with addresses of that process
     * @param remoteCount how many, at most {@link #IOV_MAX}
     * @return bytes moved, or {@code -errno}
     */
    public static long writev(int pid, long localIovAddress, long localCount, long remoteIovAddress, long remoteCount) {
        return Native.processVmWritev0(pid, localIovAddress, localCount, remoteIovAddress, remoteCount);
    }
}
