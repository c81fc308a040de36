package org.dray.linux;

/**
 * Descriptors of processes. One tells for ever whether its process has ended, however often the number is given away
 * again. It says nothing about exec: the same process goes on with another program.
 */
public final class Pidfd {
    private Pidfd() {}

    /**
     * Makes a descriptor of a process.
     *
     * @param pid its number
     * @return the descriptor
     * @throws LinuxException ESRCH, ENOSYS before Linux 5.3
     */
    public static int open(int pid) {
        Checks.positive(pid, "pid");
        return LinuxException.check("pidfd_open(" + pid + ")", Native.pidfdOpen0(pid, 0));
    }

    /**
     * Whether the process has ended; true already for a zombie. Raw.
     *
     * @param pidfd its descriptor
     * @return 0 while it runs, another positive number once it has ended, or {@code -errno}
     */
    public static int hasEnded(int pidfd) {
        return awaitEnd(pidfd, 0);
    }

    /**
     * Waits for the end of the process. Raw.
     *
     * @param pidfd its descriptor
     * @param timeoutMillis how long; a negative number waits for ever
     * @return 0 after the time-out, another positive number once it has ended, or {@code -errno}
     */
    public static int awaitEnd(int pidfd, int timeoutMillis) {
        int events = Native.pollOne0(pidfd, Descriptors.POLLIN, timeoutMillis);
        return events == Descriptors.POLLNVAL ? -Errno.EBADF : events;
    }

    /**
     * Takes a copy of another process's descriptor. The kernel asks for the rights of a tracer.
     *
     * @param pidfd the process
     * @param targetFd the number in that process
     * @return a descriptor of this process for the same open file
     * @throws LinuxException EPERM, EBADF, ESRCH, ENOSYS before Linux 5.6
     */
    public static int getfd(int pidfd, int targetFd) {
        return LinuxException.check("pidfd_getfd(" + targetFd + ")", Native.pidfdGetfd0(pidfd, targetFd, 0));
    }

    /**
     * Sends a signal to exactly this process.
     *
     * @param pidfd the process
     * @param signal its number, or 0 only to ask
     * @throws LinuxException ESRCH once it has been waited for, EPERM, EINVAL
     */
    public static void sendSignal(int pidfd, int signal) {
        Checks.notNegative(signal, "signal");
        LinuxException.check("pidfd_send_signal(" + signal + ")", Native.pidfdSendSignal0(pidfd, signal, 0));
    }
}
