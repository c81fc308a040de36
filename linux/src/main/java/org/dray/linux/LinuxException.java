package org.dray.linux;

/**
 * A system call that the kernel refused: which call, and the error number it answered.
 *
 * <p>Backends translate it into the types of Dray's API, so that no class of this package shows there.
 */
public final class LinuxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /**
     * Describes one refused call.
     *
     * @param call name of the system call, with the arguments worth knowing, such as {@code open(/dev/knem)}
     * @param errno the positive error number
     */
    public LinuxException(String call, int errno) {
        super(call + " failed: " + Errno.name(errno) + " (errno " + errno + ")");
        this.call = call;
        this.errno = errno;
    }

    /**
     * Turns a raw result into a value or an exception.
     *
     * @param call what was called, for the message
     * @param result a result, or {@code -errno}
     * @return {@code result} when it is not negative
     * @throws LinuxException if {@code result} is negative
     */
    public static long check(String call, long result) {
        if (result < 0) {
            throw new LinuxException(call, (int) -result);
        }
        return result;
    }

    /**
     * The same for results that are an {@code int}.
     *
     * @param call what was called, for the message
     * @param result a result, or {@code -errno}
     * @return {@code result} when it is not negative
     * @throws LinuxException if {@code result} is negative
     */
    public static int check(String call, int result) {
        if (result < 0) {
            throw new LinuxException(call, -result);
        }
        return result;
    }

    /**
     * The call that was refused.
     *
     * @return its name and the arguments worth knowing
     */
    public String call() {
        return call;
    }

    /**
     * The error number, one of the constants of {@link Errno}.
     *
     * @return a positive number
     */
    public int errno() {
        return errno;
    }

    /**
     * The error number's name in the kernel's headers.
     *
     * @return for example {@code EPERM}
     */
    public String errnoName() {
        return Errno.name(errno);
    }
}
