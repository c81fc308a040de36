package org.dray.linux;

/** Files that live in memory only ({@code memfd_create}), and the seals that bind who else has them. */
public final class Memfd {
    /** The file may be sealed. */
    @java.lang.annotation.Native
    public static final int MFD_ALLOW_SEALING = 2;

    /** The file is made of huge pages. */
    public static final int MFD_HUGETLB = 4;

    /** No more seals. */
    public static final int F_SEAL_SEAL = 1;

    /** The file cannot get shorter. */
    public static final int F_SEAL_SHRINK = 2;

    /** The file cannot get longer. */
    public static final int F_SEAL_GROW = 4;

    /** Nobody can write. */
    public static final int F_SEAL_WRITE = 8;

    /** Only mappings that are writable already can write (Linux 5.1). */
    public static final int F_SEAL_FUTURE_WRITE = 16;

    private static final int MFD_CLOEXEC = 1;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;

    private Memfd() {}

    /**
     * Makes an empty file in memory.
     *
     * @param name shown in {@code /proc/self/fd}, at most 249 bytes in UTF-8
     * @param flags {@code MFD_} bits
     * @return its descriptor
     * @throws LinuxException as {@code memfd_create(2)} refuses
     */
    public static int create(String name, int flags) {
        try (Scratch bytes = Scratch.ofString(name)) {
            return LinuxException.check(
                    "memfd_create(" + name + ")", Native.memfdCreate0(bytes.address(), flags | MFD_CLOEXEC));
        }
    }

    /**
     * Adds seals; none can be broken.
     *
     * @param fd the file
     * @param seals {@code F_SEAL_} bits
     * @throws LinuxException EPERM after {@link #F_SEAL_SEAL} or without {@link #MFD_ALLOW_SEALING}, EBUSY for
     *     {@link #F_SEAL_WRITE} while there are writable mappings, EINVAL
     */
    public static void addSeals(int fd, int seals) {
        LinuxException.check("fcntl(F_ADD_SEALS)", Native.fcntl0(fd, F_ADD_SEALS, seals));
    }

    /**
     * The seals of a file.
     *
     * @param fd the file
     * @return {@code F_SEAL_} bits
     * @throws LinuxException EINVAL for a file that knows no seals
     */
    public static int seals(int fd) {
        return LinuxException.check("fcntl(F_GET_SEALS)", Native.fcntl0(fd, F_GET_SEALS, 0));
    }
}
