package org.dray.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Addresses, mappings and plain native memory.
 *
 * <p>Whatever takes an address believes it. {@link #copy}, {@link #fill}, the getters and putters are unchecked loads
 * and stores: a page that is not there ends the process with a signal.
 */
public final class Memory {
    /** {@code mmap}, {@code mprotect}: pages may not be accessed. */
    @java.lang.annotation.Native
    public static final int PROT_NONE = 0;

    /** {@code mmap}, {@code mprotect}: pages may be read. */
    public static final int PROT_READ = 1;

    /** {@code mmap}, {@code mprotect}: pages may be written. */
    public static final int PROT_WRITE = 2;

    /** {@code mmap}, {@code mprotect}: pages may be executed. */
    public static final int PROT_EXEC = 4;

    /** {@code mmap}: writes go to the file and to its other mappings. */
    public static final int MAP_SHARED = 0x01;

    /** {@code mmap}: writes stay in this mapping. */
    public static final int MAP_PRIVATE = 0x02;

    /** {@code mmap}: exactly at the address, over whatever is there. */
    public static final int MAP_FIXED = 0x10;

    /** {@code mmap}: zeroed memory without a file; the descriptor is -1. */
    public static final int MAP_ANONYMOUS = 0x20;

    /** {@code mmap}: no reservation of swap. */
    public static final int MAP_NORESERVE = 0x4000;

    /** {@code mmap}: fault the pages in at once. */
    public static final int MAP_POPULATE = 0x8000;

    /** {@code mmap}: from the pool of huge pages. */
    public static final int MAP_HUGETLB = 0x40000;

    /** {@code mmap}: exactly at the address, or EEXIST (Linux 4.17). */
    public static final int MAP_FIXED_NOREPLACE = 0x100000;

    /** {@code mremap}: the mapping may move. */
    public static final int MREMAP_MAYMOVE = 1;

    /** {@code mremap}: the mapping moves to the given address. */
    public static final int MREMAP_FIXED = 2;

    /** {@code madvise}: drop the pages. */
    public static final int MADV_DONTNEED = 4;

    /** {@code madvise}: the pages may be dropped later (Linux 4.5). */
    public static final int MADV_FREE = 8;

    /** {@code madvise}: punch a hole into the file behind. */
    public static final int MADV_REMOVE = 9;

    /** {@code madvise}: children do not get these pages. */
    public static final int MADV_DONTFORK = 10;

    /** {@code madvise}: undo {@link #MADV_DONTFORK}. */
    public static final int MADV_DOFORK = 11;

    /** {@code madvise}: huge pages are welcome. */
    public static final int MADV_HUGEPAGE = 14;

    /** {@code madvise}: no huge pages. */
    public static final int MADV_NOHUGEPAGE = 15;

    /** {@code madvise}: fault the pages in for reading; an error instead of a signal (Linux 5.14). */
    public static final int MADV_POPULATE_READ = 22;

    /** {@code madvise}: fault the pages in for writing; an error instead of a signal (Linux 5.14). */
    public static final int MADV_POPULATE_WRITE = 23;

    /** {@code madvise}: make huge pages now (Linux 6.1). */
    public static final int MADV_COLLAPSE = 25;

    private Memory() {}

    /**
     * The address of a direct buffer's index 0, whatever its position. The address of a slice is the slice's own.
     *
     * @param directBuffer a direct buffer; the caller keeps it reachable as long as the address is used
     * @return the address
     * @throws IllegalArgumentException if the buffer is not direct
     */
    public static long address(ByteBuffer directBuffer) {
        if (!directBuffer.isDirect()) {
            throw new IllegalArgumentException("a heap buffer has no fixed address: use ByteBuffer.allocateDirect");
        }
        return Native.bufferAddress0(directBuffer);
    }

    /**
     * A buffer over memory that exists already, in the byte order of this machine. It neither owns the memory nor keeps
     * it alive.
     *
     * @param address where it starts
     * @param lengthBytes its capacity, at most {@link Integer#MAX_VALUE}
     * @return a direct buffer from position 0 to {@code lengthBytes}
     * @throws IllegalArgumentException if the address is not positive or the length does not fit a buffer
     */
    public static ByteBuffer view(long address, long lengthBytes) {
        Checks.memory(address, lengthBytes);
        if (lengthBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a buffer holds at most 2147483647 bytes, not " + lengthBytes);
        }
        ByteBuffer view = Native.bufferView0(address, lengthBytes);
        if (view == null) {
            throw new IllegalStateException("this JVM makes no buffers over native memory");
        }
        return view.order(ByteOrder.nativeOrder());
    }

    /**
     * The size of a page of this kernel.
     *
     * @return bytes, a power of two
     */
    public static int pageSizeBytes() {
        return Math.toIntExact(Sysconf.value(Sysconf._SC_PAGESIZE));
    }

    /**
     * Allocates memory that is not zeroed ({@code posix_memalign}).
     *
     * @param lengthBytes how much, more than 0
     * @param alignmentBytes a power of two, at least 8
     * @return its address, for {@link #free}
     * @throws LinuxException EINVAL for an alignment that is none, ENOMEM
     */
    public static long allocate(long lengthBytes, long alignmentBytes) {
        Checks.positive(lengthBytes, "lengthBytes");
        Checks.positive(alignmentBytes, "alignmentBytes");
        return LinuxException.check(
                "posix_memalign(" + lengthBytes + " bytes)", Native.allocate0(alignmentBytes, lengthBytes));
    }

    /**
     * Frees what {@link #allocate} returned, once.
     *
     * @param address the address; 0 does nothing
     */
    public static void free(long address) {
        Native.free0(address);
    }

    /**
     * Maps a file, a device or anonymous memory.
     *
     * @param address where, or a hint, or 0
     * @param lengthBytes more than 0; the kernel rounds up to pages
     * @param protection {@code PROT_} bits
     * @param flags {@code MAP_} bits
     * @param fd a descriptor, or -1 with {@link #MAP_ANONYMOUS}
     * @param offsetBytes where in the file, a multiple of the page size
     * @return the address of the mapping
     * @throws LinuxException as {@code mmap(2)} refuses
     */
    public static long mmap(long address, long lengthBytes, int protection, int flags, int fd, long offsetBytes) {
        Checks.notNegative(address, "address");
        Checks.positive(lengthBytes, "lengthBytes");
        Checks.notNegative(offsetBytes, "offsetBytes");
        return LinuxException.check(
                "mmap(" + lengthBytes + " bytes)",
                Native.mmap0(address, lengthBytes, protection, flags, fd, offsetBytes));
    }

    /**
     * Maps private zeroed memory for reading and writing, wherever there is room.
     *
     * @param lengthBytes more than 0
     * @return the address of the mapping, for {@link #munmap}
     * @throws LinuxException ENOMEM
     */
    public static long mmapAnonymous(long lengthBytes) {
        return mmap(0, lengthBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    }

    /**
     * Takes pages out of the address space. Nothing may use them any more, buffers over them included.
     *
     * @param address start, a multiple of the page size
     * @param lengthBytes more than 0
     * @throws LinuxException as {@code munmap(2)} refuses
     */
    public static void munmap(long address, long lengthBytes) {
        Checks.memory(address, Checks.positive(lengthBytes, "lengthBytes"));
        LinuxException.check("munmap(" + lengthBytes + " bytes)", Native.munmap0(address, lengthBytes));
    }

    /**
     * Grows, shrinks or moves a mapping.
     *
     * @param address start of the old mapping
     * @param oldLengthBytes its length
     * @param newLengthBytes the wanted length, more than 0
     * @param flags {@code MREMAP_} bits
     * @param newAddress where to, with {@link #MREMAP_FIXED}; else 0
     * @return the address of the mapping now
     * @throws LinuxException as {@code mremap(2)} refuses
     */
    public static long mremap(long address, long oldLengthBytes, long newLengthBytes, int flags, long newAddress) {
        Checks.memory(address, oldLengthBytes);
        Checks.positive(newLengthBytes, "newLengthBytes");
        Checks.notNegative(newAddress, "newAddress");
        return LinuxException.check(
                "mremap(" + oldLengthBytes + " to " + newLengthBytes + " bytes)",
                Native.mremap0(address, oldLengthBytes, newLengthBytes, flags, newAddress));
    }

    /**
     * Tells the kernel what will happen to pages, or makes it happen.
     *
     * @param address start, a multiple of the page size
     * @param lengthBytes zero does nothing
     * @param advice one {@code MADV_} constant
     * @throws LinuxException as {@code madvise(2)} refuses
     */
    public static void madvise(long address, long lengthBytes, int advice) {
        Checks.memory(address, lengthBytes);
        LinuxException.check(
                "madvise(" + lengthBytes + " bytes, " + advice + ")", Native.madvise0(address, lengthBytes, advice));
    }

    /**
     * Changes what may be done to pages.
     *
     * @param address start, a multiple of the page size
     * @param lengthBytes zero does nothing
     * @param protection {@code PROT_} bits
     * @throws LinuxException as {@code mprotect(2)} refuses
     */
    public static void mprotect(long address, long lengthBytes, int protection) {
        Checks.memory(address, lengthBytes);
        LinuxException.check("mprotect(" + lengthBytes + " bytes)", Native.mprotect0(address, lengthBytes, protection));
    }

    /**
     * Copies bytes inside this process; the ranges may overlap. Raw and unchecked.
     *
     * @param sourceAddress first byte read
     * @param targetAddress first byte written
     * @param lengthBytes not negative
     */
    public static void copy(long sourceAddress, long targetAddress, long lengthBytes) {
        Native.copy0(sourceAddress, targetAddress, lengthBytes);
    }

    /**
     * Sets bytes. Raw and unchecked.
     *
     * @param address first byte
     * @param lengthBytes not negative
     * @param value what each byte becomes
     */
    public static void fill(long address, long lengthBytes, byte value) {
        Native.fill0(address, lengthBytes, value);
    }

    /**
     * Loads one byte. Raw and unchecked.
     *
     * @param address where
     * @return the byte
     */
    public static byte getByte(long address) {
        return Native.getByte0(address);
    }

    /**
     * Stores one byte. Raw and unchecked.
     *
     * @param address where
     * @param value what
     */
    public static void putByte(long address, byte value) {
        Native.putByte0(address, value);
    }

    /**
     * Loads eight bytes in the byte order of this machine, aligned or not, without any memory order. Raw and unchecked.
     *
     * @param address where
     * @return the value
     */
    public static long getLong(long address) {
        return Native.getLong0(address);
    }

    /**
     * Stores eight bytes in the byte order of this machine, aligned or not, without any memory order. Raw and
     * unchecked.
     *
     * @param address where
     * @param value what
     */
    public static void putLong(long address, long value) {
        Native.putLong0(address, value);
    }
}
