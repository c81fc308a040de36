package org.dray.linux;

/** Limits and sizes of the running system. */
public final class Sysconf {
    /** Most open descriptors of a process. */
    @java.lang.annotation.Native
    public static final int _SC_OPEN_MAX = 4;

    /** Bytes per page. */
    public static final int _SC_PAGESIZE = 30;

    /** Most elements of an I/O vector. */
    public static final int _SC_IOV_MAX = 60;

    /** Processors that are online. */
    public static final int _SC_NPROCESSORS_ONLN = 84;

    /** Pages of physical memory. */
    public static final int _SC_PHYS_PAGES = 85;

    /** The answer where the system sets no limit. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private Sysconf() {}

    /**
     * Asks for one value.
     *
     * @param name one of the {@code _SC_} constants
     * @return the value, or {@link #NO_LIMIT}
     * @throws LinuxException EINVAL for a name that the C library does not know
     */
    public static long value(int name) {
        return LinuxException.check("sysconf(" + name + ")", Native.sysconf0(name));
    }
}
