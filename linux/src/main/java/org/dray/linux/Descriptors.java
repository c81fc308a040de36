package org.dray.linux;

/**
 * Calls on file descriptors.
 *
 * <p>{@link #open}, {@link #read}, {@link #write}, {@link #pread} and {@link #pwrite} repeat a call that a signal
 * interrupted before anything was transferred; the others report EINTR.
 */
public final class Descriptors {
    /** {@code open}: for reading. */
    @java.lang.annotation.Native
    public static final int O_RDONLY = 0;

    /** {@code open}: for writing. */
    public static final int O_WRONLY = 1;

    /** {@code open}: for both. */
    public static final int O_RDWR = 2;

    /** {@code open}: make the file where there is none. */
    public static final int O_CREAT = 0100;

    /** {@code open}: with {@link #O_CREAT}, insist on making it. */
    public static final int O_EXCL = 0200;

    /** {@code open}: empty the file. */
    public static final int O_TRUNC = 01000;

    /** {@code open}: write at the end. */
    public static final int O_APPEND = 02000;

    /** {@code open}: EAGAIN instead of waiting. */
    public static final int O_NONBLOCK = 04000;

    /** Something can be read. */
    public static final int POLLIN = 0x01;

    /** Something can be written. */
    public static final int POLLOUT = 0x04;

    /** An error is waiting; reported without being asked for. */
    public static final int POLLERR = 0x08;

    /** The other end is closed; reported without being asked for. */
    public static final int POLLHUP = 0x10;

    /** The descriptor is not open; reported without being asked for. */
    public static final int POLLNVAL = 0x20;

    /** Size of a {@code struct pollfd}: the descriptor (four bytes) at 0, then two shorts. */
    public static final int POLLFD_BYTES = 8;

    /** Offset of the wanted events in a {@code struct pollfd}. */
    public static final int POLLFD_EVENTS = 4;

    /** Offset of the events that came in a {@code struct pollfd}. */
    public static final int POLLFD_REVENTS = 6;

    /** {@code fallocate}: leave the length of the file as it is. */
    public static final int FALLOC_FL_KEEP_SIZE = 1;

    /** {@code fallocate}: free the range; needs {@link #FALLOC_FL_KEEP_SIZE}. */
    public static final int FALLOC_FL_PUNCH_HOLE = 2;

    static final int O_CLOEXEC = 02000000;

    private static final int F_GETFD = 1;

    private static final int F_SETFD = 2;

    private static final int F_GETFL = 3;

    private static final int F_SETFL = 4;

    private static final int F_DUPFD_CLOEXEC = 1030;

    private static final int FD_CLOEXEC = 1;

    private Descriptors() {}

    /**
     * Opens a file or device, close-on-exec.
     *
     * @param path its name, passed in UTF-8
     * @param flags {@code O_} bits
     * @param mode permissions of a file that is made, before the umask
     * @return the descriptor
     * @throws LinuxException as {@code open(2)} refuses
     */
    public static int open(String path, int flags, int mode) {
        try (Scratch name = Scratch.ofString(path)) {
            int fd;
            do {
                fd = Native.open0(name.address(), flags | O_CLOEXEC, mode);
            } while (fd == -Errno.EINTR);
            return LinuxException.check("open(" + path + ")", fd);
        }
    }

    /**
     * Closes a descriptor. Never repeated, and EINTR counts as closed: Linux has released the number by then.
     *
     * @param fd the descriptor
     * @throws LinuxException EBADF, or what a device or network file system has to say; the number is released all the
     *     same
     */
    public static void close(int fd) {
        int result = Native.close0(fd);
        if (result != -Errno.EINTR) {
            LinuxException.check("close(" + fd + ")", result);
        }
    }

    /**
     * Reads at the file's position.
     *
     * @param fd the descriptor
     * @param address where the bytes go
     * @param lengthBytes at most so many
     * @return bytes read, 0 at the end
     * @throws LinuxException as {@code read(2)} refuses; EAGAIN when nothing is there and the descriptor does not wait
     */
    public static long read(int fd, long address, long lengthBytes) {
        Checks.memory(address, lengthBytes);
        long result;
        do {
            result = Native.read0(fd, address, lengthBytes);
        } while (result == -Errno.EINTR);
        return LinuxException.check("read(" + fd + ")", result);
    }

    /**
     * Reads at the file's position. Raw.
     *
     * @param fd the descriptor
     * @param address where the bytes go
     * @param lengthBytes at most so many
     * @return bytes read, 0 at the end, or {@code -errno}
     */
    public static long tryRead(int fd, long address, long lengthBytes) {
        return Native.read0(fd, address, lengthBytes);
    }

    /**
     * Writes at the file's position.
     *
     * @param fd the descriptor
     * @param address where the bytes come from
     * @param lengthBytes at most so many
     * @return bytes written; fewer than asked for is no error
     * @throws LinuxException as {@code write(2)} refuses; EAGAIN when there is no room and the descriptor does not wait
     */
    public static long write(int fd, long address, long lengthBytes) {
        Checks.memory(address, lengthBytes);
        long result;
        do {
            result = Native.write0(fd, address, lengthBytes);
        } while (result == -Errno.EINTR);
        return LinuxException.check("write(" + fd + ")", result);
    }

    /**
     * Reads at a given place and leaves the file's position alone.
     *
     * @param fd the descriptor
     * @param address where the bytes go
     * @param lengthBytes at most so many
     * @param offsetBytes where in the file
     * @return bytes read, 0 at the end
     * @throws LinuxException as {@code pread(2)} refuses
     */
    public static long pread(int fd, long address, long lengthBytes, long offsetBytes) {
        Checks.memory(address, lengthBytes);
        Checks.fileRange(offsetBytes, lengthBytes);
        long result;
        do {
            result = Native.pread0(fd, address, lengthBytes, offsetBytes);
        } while (result == -Errno.EINTR);
        return LinuxException.check("pread(" + fd + ")", result);
    }

    /**
     * Writes at a given place and leaves the file's position alone.
     *
     * @param fd the descriptor
     * @param address where the bytes come from
     * @param lengthBytes at most so many
     * @param offsetBytes where in the file
     * @return bytes written; fewer than asked for is no error
     * @throws LinuxException as {@code pwrite(2)} refuses
     */
    public static long pwrite(int fd, long address, long lengthBytes, long offsetBytes) {
        Checks.memory(address, lengthBytes);
        Checks.fileRange(offsetBytes, lengthBytes);
        long result;
        do {
            result = Native.pwrite0(fd, address, lengthBytes, offsetBytes);
        } while (result == -Errno.EINTR);
        return LinuxException.check("pwrite(" + fd + ")", result);
    }

    /**
     * A request to a device. Raw.
     *
     * @param fd the descriptor
     * @param request the request's number
     * @param argument a number, or the address of the request's structure
     * @return the driver's result, or {@code -errno}
     */
    public static int ioctl(int fd, long request, long argument) {
        return Native.ioctl0(fd, request, argument);
    }

    /**
     * Waits for events of one descriptor. Raw.
     *
     * @param fd the descriptor
     * @param events {@code POLL} bits
     * @param timeoutMillis 0 asks and returns, a negative number waits for ever
     * @return the bits that came, 0 after the time-out, or {@code -errno}; a descriptor that is not open gives
     *     {@link #POLLNVAL}, a negative number {@code -EBADF}
     */
    public static int poll(int fd, int events, int timeoutMillis) {
        return Native.pollOne0(fd, events, timeoutMillis);
    }

    /**
     * Waits for events of several descriptors. Raw.
     *
     * @param pollfdsAddress packed {@code struct pollfd} of {@link #POLLFD_BYTES} each
     * @param count how many
     * @param timeoutMillis 0 asks and returns, a negative number waits for ever
     * @return how many have events, 0 after the time-out, or {@code -errno}
     */
    public static int pollAll(long pollfdsAddress, int count, int timeoutMillis) {
        return Native.poll0(pollfdsAddress, count, timeoutMillis);
    }

    /**
     * A second descriptor for the same open file, close-on-exec.
     *
     * @param fd the descriptor
     * @return the new one
     * @throws LinuxException as {@code fcntl(2)} refuses
     */
    public static int duplicate(int fd) {
        return LinuxException.check("fcntl(F_DUPFD_CLOEXEC)", Native.fcntl0(fd, F_DUPFD_CLOEXEC, 0));
    }

    /**
     * Whether exec closes the descriptor.
     *
     * @param fd the descriptor
     * @return true if it does
     * @throws LinuxException EBADF
     */
    public static boolean isCloseOnExec(int fd) {
        return (LinuxException.check("fcntl(F_GETFD)", Native.fcntl0(fd, F_GETFD, 0)) & FD_CLOEXEC) != 0;
    }

    /**
     * Decides whether exec closes the descriptor.
     *
     * @param fd the descriptor
     * @param closeOnExec true if it shall
     * @throws LinuxException EBADF
     */
    public static void setCloseOnExec(int fd, boolean closeOnExec) {
        LinuxException.check("fcntl(F_SETFD)", Native.fcntl0(fd, F_SETFD, closeOnExec ? FD_CLOEXEC : 0));
    }

    /**
     * The access mode and status bits of the open file.
     *
     * @param fd the descriptor
     * @return {@code O_} bits
     * @throws LinuxException EBADF
     */
    public static int statusFlags(int fd) {
        return LinuxException.check("fcntl(F_GETFL)", Native.fcntl0(fd, F_GETFL, 0));
    }

    /**
     * Changes the status bits of the open file, such as {@link #O_NONBLOCK}.
     *
     * @param fd the descriptor
     * @param flags {@code O_} bits
     * @throws LinuxException as {@code fcntl(2)} refuses
     */
    public static void setStatusFlags(int fd, int flags) {
        LinuxException.check("fcntl(F_SETFL)", Native.fcntl0(fd, F_SETFL, flags));
    }

    /**
     * Cuts or extends a file.
     *
     * @param fd the descriptor
     * @param lengthBytes its length from now on
     * @throws LinuxException as {@code ftruncate(2)} refuses
     */
    public static void ftruncate(int fd, long lengthBytes) {
        Checks.notNegative(lengthBytes, "lengthBytes");
        LinuxException.check("ftruncate(" + lengthBytes + " bytes)", Native.ftruncate0(fd, lengthBytes));
    }

    /**
     * Allocates or frees a range of a file.
     *
     * @param fd the descriptor
     * @param mode {@code FALLOC_} bits
     * @param offsetBytes start of the range
     * @param lengthBytes its length, more than 0
     * @throws LinuxException as {@code fallocate(2)} refuses
     */
    public static void fallocate(int fd, int mode, long offsetBytes, long lengthBytes) {
        Checks.fileRange(offsetBytes, Checks.positive(lengthBytes, "lengthBytes"));
        LinuxException.check(
                "fallocate(" + lengthBytes + " bytes)", Native.fallocate0(fd, mode, offsetBytes, lengthBytes));
    }
}
