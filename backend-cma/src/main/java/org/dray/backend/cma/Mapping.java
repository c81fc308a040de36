package org.dray.backend.cma;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.linux.Memory;

/**
 * Anonymous memory with several holders: the region it was made for, and every buffer over it. It is unmapped when the
 * last of them lets go, the buffers by becoming unreachable.
 */
final class Mapping {
    private static final long HUGE_PAGE_BYTES = 2L << 20;
    private static final long MAX_BYTES = 1L << 47;

    private final long address;
    private final long mappedBytes;
    private int buffers;
    private boolean regionOpen = true;

    private Mapping(long address, long mappedBytes) {
        this.address = address;
        this.mappedBytes = mappedBytes;
    }

    /**
     * Maps zeroed memory, aligned for huge pages where it is long enough for one. Pages come when they are touched.
     *
     * @throws LinuxException ENOMEM
     */
    static Mapping of(long lengthBytes) {
        if (lengthBytes > MAX_BYTES) {
            throw new LinuxException("mmap(" + lengthBytes + " bytes)", Errno.ENOMEM);
        }
        Orphans.relieve();
        return lengthBytes < HUGE_PAGE_BYTES
                ? new Mapping(Memory.mmapAnonymous(lengthBytes), lengthBytes)
                : huge(roundUp(lengthBytes, HUGE_PAGE_BYTES));
    }

    private static Mapping huge(long lengthBytes) {
        long start = Memory.mmapAnonymous(lengthBytes + HUGE_PAGE_BYTES);
        long address = roundUp(start, HUGE_PAGE_BYTES);
        long headBytes = address - start;
        if (headBytes > 0) {
            Memory.munmap(start, headBytes);
        }
        Memory.munmap(address + lengthBytes, HUGE_PAGE_BYTES - headBytes);
        try {
            Memory.madvise(address, lengthBytes, Memory.MADV_HUGEPAGE);
        } catch (LinuxException withoutHugePages) {
            return new Mapping(address, lengthBytes); // this kernel has none: only speed is lost
        }
        return new Mapping(address, lengthBytes);
    }

    private static long roundUp(long value, long unit) {
        return (value + unit - 1) & -unit;
    }

    long address() {
        return address;
    }

    /** A buffer over a part. Buffers derived from it keep it reachable, and so the mapping. */
    synchronized ByteBuffer buffer(long offsetBytes, int lengthBytes) {
        ByteBuffer buffer = Memory.view(address + offsetBytes, lengthBytes);
        Cleaners.CLEANER.register(buffer, this::bufferGone);
        buffers++;
        return buffer;
    }

    /** The region lets go. Called once. */
    synchronized void closeRegion() {
        regionOpen = false;
        if (buffers == 0) {
            Memory.munmap(address, mappedBytes);
        } else {
            Orphans.add(mappedBytes);
        }
    }

    private synchronized void bufferGone() {
        buffers--;
        if (buffers == 0 && !regionOpen) {
            Memory.munmap(address, mappedBytes);
            Orphans.remove(mappedBytes);
        }
    }

    /** A class of its own, so that the cleaner's thread starts with the first buffer. */
    private static final class Cleaners {
        static final Cleaner CLEANER = Cleaner.create();
    }
}
