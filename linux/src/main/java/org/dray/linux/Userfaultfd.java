package org.dray.linux;

/** Descriptors that report what happens to ranges of this process's memory ({@code userfaultfd}). */
public final class Userfaultfd {
    /** {@code userfaultfd}: only faults of user space, which needs no privilege. */
    public static final int UFFD_USER_MODE_ONLY = 1;

    /** {@code userfaultfd}: reading waits for nothing. */
    @java.lang.annotation.Native
    public static final int O_NONBLOCK = Descriptors.O_NONBLOCK;

    /** Register: first touches of pages. */
    public static final int UFFDIO_REGISTER_MODE_MISSING = 1;

    /** Register: writes to protected pages; intercepts nothing as long as nothing is protected. */
    public static final int UFFDIO_REGISTER_MODE_WP = 2;

    /** The request behind {@link #handshake}. */
    public static final long UFFDIO_API = 0xc018aa3fL;

    /** The request behind {@link #register}. */
    public static final long UFFDIO_REGISTER = 0xc020aa00L;

    /** The request behind {@link #unregister}. */
    public static final long UFFDIO_UNREGISTER = 0x8010aa01L;

    private static final long UFFD_API = 0xaa;
    private static final int API_BYTES = 24;
    private static final int API_FEATURES = 8;
    private static final int REGISTER_BYTES = 32;
    private static final int REGISTER_LENGTH = 8;
    private static final int REGISTER_MODE = 16;
    private static final int REGISTER_IOCTLS = 24;
    private static final int RANGE_BYTES = 16;

    private Userfaultfd() {}

    /**
     * Makes a descriptor; {@link #handshake} comes next.
     *
     * @param flags {@link #UFFD_USER_MODE_ONLY}, {@link #O_NONBLOCK}
     * @return the descriptor
     * @throws LinuxException EPERM without privilege and {@link #UFFD_USER_MODE_ONLY}, ENOSYS, EINVAL
     */
    public static int create(int flags) {
        return LinuxException.check("userfaultfd", Native.userfaultfd0(flags | Descriptors.O_CLOEXEC));
    }

    /**
     * Agrees on the protocol, once per descriptor.
     *
     * @param fd the descriptor
     * @param features {@code UFFD_FEATURE_} bits that shall be on
     * @return all features that this kernel has
     * @throws LinuxException EINVAL for a feature that the kernel does not have, EPERM for one that is not permitted
     */
    public static long handshake(int fd, long features) {
        try (Scratch api = new Scratch(API_BYTES)) {
            Memory.putLong(api.address(), UFFD_API);
            Memory.putLong(api.address() + API_FEATURES, features);
            LinuxException.check("ioctl(UFFDIO_API)", Native.ioctl0(fd, UFFDIO_API, api.address()));
            return Memory.getLong(api.address() + API_FEATURES);
        }
    }

    /**
     * Watches a range.
     *
     * @param fd the descriptor
     * @param address start, a multiple of the page size
     * @param lengthBytes length, a multiple of the page size
     * @param mode {@code UFFDIO_REGISTER_MODE_} bits
     * @return one bit per request that the range supports
     * @throws LinuxException EINVAL for memory that cannot be watched, EBUSY for memory that another descriptor watches
     */
    public static long register(int fd, long address, long lengthBytes, long mode) {
        Checks.memory(address, Checks.positive(lengthBytes, "lengthBytes"));
        try (Scratch register = new Scratch(REGISTER_BYTES)) {
            putRange(register, address, lengthBytes);
            Memory.putLong(register.address() + REGISTER_MODE, mode);
            LinuxException.check("ioctl(UFFDIO_REGISTER)", Native.ioctl0(fd, UFFDIO_REGISTER, register.address()));
            return Memory.getLong(register.address() + REGISTER_IOCTLS);
        }
    }

    /**
     * Stops watching a range.
     *
     * @param fd the descriptor
     * @param address start, a multiple of the page size
     * @param lengthBytes length, a multiple of the page size
     * @throws LinuxException EINVAL
     */
    public static void unregister(int fd, long address, long lengthBytes) {
        Checks.memory(address, Checks.positive(lengthBytes, "lengthBytes"));
        try (Scratch range = new Scratch(RANGE_BYTES)) {
            putRange(range, address, lengthBytes);
            LinuxException.check("ioctl(UFFDIO_UNREGISTER)", Native.ioctl0(fd, UFFDIO_UNREGISTER, range.address()));
        }
    }

    private static void putRange(Scratch structure, long address, long lengthBytes) {
        Memory.putLong(structure.address(), address);
        Memory.putLong(structure.address() + REGISTER_LENGTH, lengthBytes);
    }
}
