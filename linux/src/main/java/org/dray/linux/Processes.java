package org.dray.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The process itself and other processes: identity, signals, attributes, and replacement by another program. */
public final class Processes {
    /** As {@link #setPtracer}'s pid: every process that may otherwise. */
    @java.lang.annotation.Native
    public static final long PR_SET_PTRACER_ANY = -1;

    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;
    private static final int PR_SET_PTRACER = 0x59616d61;

    private Processes() {}

    /**
     * The real user.
     *
     * @return its number, to be read as unsigned
     */
    public static int userId() {
        return Native.getuid0();
    }

    /**
     * The effective user.
     *
     * @return its number, to be read as unsigned
     */
    public static int effectiveUserId() {
        return Native.geteuid0();
    }

    /**
     * Sends a signal.
     *
     * @param pid a process; zero and negative numbers, which stand for groups, are refused here
     * @param signal its number, or 0 only to ask whether it could be sent
     * @throws LinuxException ESRCH, EPERM, EINVAL
     */
    public static void kill(int pid, int signal) {
        Checks.positive(pid, "pid");
        Checks.notNegative(signal, "signal");
        LinuxException.check("kill(" + pid + ", " + signal + ")", Native.kill0(pid, signal));
    }

    /**
     * Whether other processes of the same user may look into this one.
     *
     * @return true if so, which is the ordinary state
     */
    public static boolean isDumpable() {
        return LinuxException.check("prctl(PR_GET_DUMPABLE)", Native.prctl0(PR_GET_DUMPABLE, 0, 0, 0, 0)) == 1;
    }

    /**
     * Decides whether other processes of the same user may look into this one. A non-dumpable process cannot be read or
     * written by {@link ProcessVm} from outside.
     *
     * @param dumpable true if they may
     * @throws LinuxException as {@code prctl(2)} refuses
     */
    public static void setDumpable(boolean dumpable) {
        LinuxException.check("prctl(PR_SET_DUMPABLE)", Native.prctl0(PR_SET_DUMPABLE, dumpable ? 1 : 0, 0, 0, 0));
    }

    /**
     * Names the process, with its descendants, that Yama lets trace this one. One at a time; a later call replaces it.
     *
     * @param pid the process, 0 for nobody, or {@link #PR_SET_PTRACER_ANY}
     * @throws LinuxException EINVAL where the kernel has no Yama, and nobody needs to be named, or where there is no
     *     such process
     */
    public static void setPtracer(long pid) {
        LinuxException.check("prctl(PR_SET_PTRACER)", Native.prctl0(PR_SET_PTRACER, pid, 0, 0, 0));
    }

    /**
     * Whether exec can no longer give this thread more rights.
     *
     * @return true if so
     */
    public static boolean hasNoNewPrivileges() {
        return LinuxException.check("prctl(PR_GET_NO_NEW_PRIVS)", Native.prctl0(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)) == 1;
    }

    /**
     * Gives up, for the calling thread and what it starts, that exec can give more rights. Cannot be undone.
     *
     * @throws LinuxException as {@code prctl(2)} refuses
     */
    public static void setNoNewPrivileges() {
        LinuxException.check("prctl(PR_SET_NO_NEW_PRIVS)", Native.prctl0(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    }

    /**
     * Replaces the program of this process: the JVM is gone without shutdown hooks, the pid stays.
     *
     * @param path file name of the program, passed in UTF-8; no search in {@code PATH}
     * @param arguments all of them, the program's own name first
     * @param environment entries {@code NAME=value}, and nothing else
     * @throws LinuxException as {@code execve(2)} refuses; there is no other way back, and nothing has changed
     */
    public static void execve(String path, List<String> arguments, List<String> environment) {
        List<Scratch> memory = new ArrayList<>();
        try {
            long pathAddress = string(path, memory);
            long argumentsAddress = strings(arguments, memory);
            long environmentAddress = strings(environment, memory);
            int result = Native.execve0(pathAddress, argumentsAddress, environmentAddress);
            throw new LinuxException("execve(" + path + ")", -result);
        } finally {
            memory.forEach(Scratch::close);
        }
    }

    private static long string(String text, List<Scratch> memory) {
        Scratch string = Scratch.ofString(text);
        memory.add(string);
        return string.address();
    }

    /** An array of addresses of C strings, ended by a null. */
    private static long strings(List<String> texts, List<Scratch> memory) {
        Scratch array = new Scratch((texts.size() + 1) * Long.BYTES);
        memory.add(array);
        ByteBuffer addresses = array.bytes();
        texts.forEach(text -> addresses.putLong(string(text, memory)));
        return array.address();
    }
}
