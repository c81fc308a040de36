package org.dray.backend.knem;

import java.nio.ByteBuffer;
import org.dray.linux.Descriptors;
import org.dray.linux.Memory;
import org.dray.spi.Extents;

/**
 * One call's structure, and the segments that it points to, in memory of our own: the driver writes its answer there,
 * and memory that it could not write to would stop the kernel. Used by one thread at a time.
 *
 * <p>All calls answer 0 or {@code -errno}.
 */
final class Request implements AutoCloseable {
    private static final int SEGMENTS = 64;
    private static final int BYTES = SEGMENTS + Abi.MAX_SEGMENTS * Extents.PAIR_BYTES;

    private static final int INFO_ABI = 0;
    private static final int INFO_FEATURES = 4;
    private static final int INFO_IGNORED = 8;
    private static final int INFO_FORCED = 12;

    private static final int CREATE_SEGMENTS = 0;
    private static final int CREATE_SEGMENT_COUNT = 8;
    private static final int CREATE_FLAGS = 12;
    private static final int CREATE_PROTECTION = 16;
    private static final int CREATE_COOKIE = 24;

    private static final int INLINE_SEGMENTS = 0;
    private static final int INLINE_SEGMENT_COUNT = 8;
    private static final int INLINE_WRITE = 12;
    private static final int INLINE_COOKIE = 16;
    private static final int INLINE_OFFSET = 24;

    private static final int COPY_SOURCE = 0;
    private static final int COPY_SOURCE_OFFSET = 8;
    private static final int COPY_DESTINATION = 16;
    private static final int COPY_DESTINATION_OFFSET = 24;

    private static final int COPY_LENGTH = 32;
    private static final int COPY_FLAGS = 40;
    private static final int COPY_STATUS = 44;
    private static final int COPY_SLOT = 48;

    private final long address = Memory.allocate(BYTES, 64);
    private final ByteBuffer bytes = Memory.view(address, BYTES);

    Request() {
        Memory.fill(address, BYTES, (byte) 0);
    }

    /** Asks what the driver is: {@link #abi} and so on. */
    int info(int fd) {
        return Descriptors.ioctl(fd, Abi.GET_INFO, address);
    }

    int abi() {
        return bytes.getInt(INFO_ABI);
    }

    int features() {
        return bytes.getInt(INFO_FEATURES);
    }

    int ignoredFlags() {
        return bytes.getInt(INFO_IGNORED);
    }

    int forcedFlags() {
        return bytes.getInt(INFO_FORCED);
    }

    /** Registers memory: {@link #cookie}. */
    int create(int fd, Extents memory, int flags, int protection) {
        requireHarmless(memory);
        int count = memory.list(0, memory.byteSize(), bytes, SEGMENTS, Abi.MAX_SEGMENTS);
        return create(fd, count, flags, protection);
    }

    /** Registers nothing: a region whose only purpose is that its cookie is taken. */
    int createEmpty(int fd, int flags) {
        return create(fd, 0, flags, Abi.PROTECTION_NONE);
    }

    private int create(int fd, int segmentCount, int flags, int protection) {
        bytes.putLong(CREATE_SEGMENTS, address + SEGMENTS);
        bytes.putInt(CREATE_SEGMENT_COUNT, segmentCount);
        bytes.putInt(CREATE_FLAGS, flags);
        bytes.putInt(CREATE_PROTECTION, protection);
        bytes.putInt(CREATE_PROTECTION + Integer.BYTES, 0);
        bytes.putLong(CREATE_COOKIE, 0);
        return Descriptors.ioctl(fd, Abi.CREATE_REGION, address);
    }

    /**
     * What would stop the kernel: a segment that wraps around is registered without pages, and more segments than a
     * kernel allocation holds are too many. Dray's core lets neither through.
     */
    private static void requireHarmless(Extents memory) {
        if (memory.count() > Abi.MAX_SEGMENTS) {
            throw new IllegalArgumentException(memory.count() + " segments, at most " + Abi.MAX_SEGMENTS);
        }
        for (int i = 0; i < memory.count(); i++) {
            long base = memory.base(i);
            long lengthBytes = memory.lengthBytes(i);
            if (lengthBytes < 1 || Long.compareUnsigned(base + lengthBytes, base) <= 0) {
                throw new IllegalArgumentException(
                        "segment of " + lengthBytes + " bytes at 0x" + Long.toHexString(base) + " is no memory");
            }
        }
    }

    long cookie() {
        return bytes.getLong(CREATE_COOKIE);
    }

    int destroy(int fd, long cookie) {
        bytes.putLong(0, cookie);
        return Descriptors.ioctl(fd, Abi.DESTROY_REGION, address);
    }

    /** Copies between own memory, which needs no registration, and a region: {@link #status}. */
    int copyInline(
            int fd,
            boolean writes,
            Extents near,
            long nearOffsetBytes,
            long cookie,
            long offsetBytes,
            long lengthBytes,
            int flags,
            int slot) {
        int count = near.list(nearOffsetBytes, lengthBytes, bytes, SEGMENTS, Abi.MAX_SEGMENTS);
        bytes.putLong(INLINE_SEGMENTS, address + SEGMENTS);
        bytes.putInt(INLINE_SEGMENT_COUNT, count);
        bytes.putInt(INLINE_WRITE, writes ? 1 : 0);
        bytes.putLong(INLINE_COOKIE, cookie);
        bytes.putLong(INLINE_OFFSET, offsetBytes);
        return copy(fd, Abi.INLINE_COPY_BOUNDED, lengthBytes, flags, slot);
    }

    /** Copies between two regions, of whatever processes: {@link #status}. */
    int copyRegions(
            int fd,
            long source,
            long sourceOffsetBytes,
            long destination,
            long destinationOffsetBytes,
            long lengthBytes,
            int flags,
            int slot) {
        bytes.putLong(COPY_SOURCE, source);
        bytes.putLong(COPY_SOURCE_OFFSET, sourceOffsetBytes);
        bytes.putLong(COPY_DESTINATION, destination);
        bytes.putLong(COPY_DESTINATION_OFFSET, destinationOffsetBytes);
        return copy(fd, Abi.COPY_BOUNDED, lengthBytes, flags, slot);
    }

    private int copy(int fd, long command, long lengthBytes, int flags, int slot) {
        bytes.putLong(COPY_LENGTH, lengthBytes);
        bytes.putInt(COPY_FLAGS, flags);
        bytes.putInt(COPY_STATUS, Abi.PENDING);
        bytes.putInt(COPY_SLOT, slot);
        bytes.putInt(COPY_SLOT + Integer.BYTES, 0);
        return Descriptors.ioctl(fd, command, address);
    }

    /** How an accepted copy went, or that it has only been queued: its flags do not tell. */
    int status() {
        return bytes.getInt(COPY_STATUS);
    }

    @Override
    public void close() {
        Memory.free(address);
    }
}
