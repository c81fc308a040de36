package org.dray.linux;

/**
 * Signal masks of the calling thread, and what a signal does in this process. Dispositions are read, never set: the JVM
 * lives on its own handlers.
 *
 * <p>A mask is a {@code long} in which signal n is bit n - 1 ({@link #maskOf}).
 */
public final class Signals {
    /** Terminal gone. */
    @java.lang.annotation.Native
    public static final int SIGHUP = 1;

    /** Interrupt from the keyboard. */
    public static final int SIGINT = 2;

    /** Quit; HotSpot prints its threads. */
    public static final int SIGQUIT = 3;

    /** Illegal instruction. */
    public static final int SIGILL = 4;

    /** Breakpoint. */
    public static final int SIGTRAP = 5;

    /** {@code abort(3)}. */
    public static final int SIGABRT = 6;

    /** Memory that a file no longer backs, or misalignment. */
    public static final int SIGBUS = 7;

    /** Arithmetic. */
    public static final int SIGFPE = 8;

    /** The end, not catchable. */
    public static final int SIGKILL = 9;

    /** For applications. */
    public static final int SIGUSR1 = 10;

    /** Memory that is not there. */
    public static final int SIGSEGV = 11;

    /** For applications. */
    public static final int SIGUSR2 = 12;

    /** A pipe without readers. */
    public static final int SIGPIPE = 13;

    /** {@code alarm(2)}. */
    public static final int SIGALRM = 14;

    /** Please end. */
    public static final int SIGTERM = 15;

    /** A child has changed. */
    public static final int SIGCHLD = 17;

    /** Go on. */
    public static final int SIGCONT = 18;

    /** Stop, not catchable. */
    public static final int SIGSTOP = 19;

    /** Profiling timer. */
    public static final int SIGPROF = 27;

    /** A system call that seccomp forbids. */
    public static final int SIGSYS = 31;

    /** The highest signal number. */
    public static final int COUNT = 64;

    /** {@link #handlerAddress}: what the kernel does by default. */
    public static final long SIG_DFL = 0;

    /** {@link #handlerAddress}: nothing. */
    public static final long SIG_IGN = 1;

    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;

    private Signals() {}

    /**
     * What the process does on a signal.
     *
     * @param signal 1 to {@link #COUNT}
     * @return {@link #SIG_DFL}, {@link #SIG_IGN} or the address of the handler
     * @throws LinuxException EINVAL for a number that is none, or that the C library keeps for itself (32 and 33)
     */
    public static long handlerAddress(int signal) {
        return LinuxException.check("sigaction(" + signal + ")", Native.signalHandler0(signal));
    }

    /**
     * The mask with exactly these signals.
     *
     * @param signals numbers from 1 to {@link #COUNT}
     * @return the mask
     * @throws IllegalArgumentException for another number
     */
    public static long maskOf(int... signals) {
        long mask = 0;
        for (int signal : signals) {
            if (signal < 1 || signal > COUNT) {
                throw new IllegalArgumentException("signals are numbered from 1 to " + COUNT + ", not " + signal);
            }
            mask |= 1L << (signal - 1);
        }
        return mask;
    }

    /**
     * The signals that the calling thread holds back.
     *
     * @return a mask
     */
    public static long blocked() {
        return change(SIG_BLOCK, 0);
    }

    /**
     * Holds more signals back in the calling thread. Give them free again before the thread runs other code.
     *
     * @param mask which
     * @return the mask before
     */
    public static long block(long mask) {
        return change(SIG_BLOCK, mask);
    }

    /**
     * Gives signals free in the calling thread.
     *
     * @param mask which
     * @return the mask before
     */
    public static long unblock(long mask) {
        return change(SIG_UNBLOCK, mask);
    }

    /**
     * Replaces the calling thread's mask.
     *
     * @param mask what is held back from now on; the kernel leaves SIGKILL and SIGSTOP out
     * @return the mask before
     */
    public static long setBlocked(long mask) {
        return change(SIG_SETMASK, mask);
    }

    private static long change(int how, long mask) {
        try (Scratch sets = new Scratch(2 * Long.BYTES)) {
            Memory.putLong(sets.address(), mask);
            long before = sets.address() + Long.BYTES;
            LinuxException.check("sigprocmask", Native.signalMask0(how, sets.address(), before));
            return Memory.getLong(before);
        }
    }
}
