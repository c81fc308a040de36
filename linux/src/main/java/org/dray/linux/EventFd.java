package org.dray.linux;

/** Counters of the kernel that can be waited for ({@code eventfd}). */
public final class EventFd {
    /** Reading waits for nothing: an empty counter answers at once. */
    @java.lang.annotation.Native
    public static final int EFD_NONBLOCK = 04000;

    /** Reading takes 1 instead of everything. */
    public static final int EFD_SEMAPHORE = 1;

    private static final int EFD_CLOEXEC = 02000000;

    private EventFd() {}

    /**
     * Makes a counter.
     *
     * @param initial its first value, not negative
     * @param flags {@code EFD_} bits
     * @return its descriptor
     * @throws LinuxException as {@code eventfd(2)} refuses
     */
    public static int create(int initial, int flags) {
        Checks.notNegative(initial, "initial");
        return LinuxException.check("eventfd", Native.eventfd0(initial, flags | EFD_CLOEXEC));
    }

    /**
     * Adds to a counter and so wakes who waits for it.
     *
     * @param fd its descriptor
     * @param value how much, an {@code int} so that the sum stays far from the counter's end
     * @throws LinuxException EBADF, EINTR
     */
    public static void signal(int fd, int value) {
        Checks.positive(value, "value");
        LinuxException.check("eventfd_write", Native.eventfdWrite0(fd, value));
    }

    /**
     * Takes the counter's value and leaves 0; waits for one without {@link #EFD_NONBLOCK}.
     *
     * @param fd its descriptor
     * @return the value, 0 when it was empty and must not be waited for
     * @throws LinuxException EBADF, EINTR
     */
    public static long drain(int fd) {
        long value = Native.eventfdRead0(fd);
        return value == -Errno.EAGAIN ? 0 : LinuxException.check("eventfd_read", value);
    }
}
