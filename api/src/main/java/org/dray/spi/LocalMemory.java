package org.dray.spi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Own memory on its way to a driver: direct buffers, or one raw range. Immutable; keeps what it names reachable.
 *
 * <p>Keep it (or its buffers) in the {@link DriverRegion} as long as addresses taken from it are used.
 */
public final class LocalMemory {
    private final List<ByteBuffer> buffers;
    private final long rawAddress;
    private final long byteSize;
    private final boolean readOnly;
    private final @Nullable Object keepAlive;

    private LocalMemory(
            List<ByteBuffer> buffers, long rawAddress, long byteSize, boolean readOnly, @Nullable Object keepAlive) {
        this.buffers = buffers;
        this.rawAddress = rawAddress;
        this.byteSize = byteSize;
        this.readOnly = readOnly;
        this.keepAlive = keepAlive;
    }

    /**
     * Memory of direct buffers, each from position to limit.
     *
     * @param buffers direct buffers, none empty; the core has checked that
     * @return the memory
     */
    public static LocalMemory ofBuffers(List<ByteBuffer> buffers) {
        List<ByteBuffer> slices = buffers.stream().map(ByteBuffer::slice).toList();
        return new LocalMemory(
                slices,
                0,
                slices.stream().mapToLong(ByteBuffer::remaining).sum(),
                slices.stream().anyMatch(ByteBuffer::isReadOnly),
                buffers);
    }

    /**
     * A raw range; the core has checked that it does not wrap.
     *
     * @param address first byte
     * @param lengthBytes number of bytes
     * @param keepAlive what keeps it valid
     * @return the memory
     */
    public static LocalMemory ofAddress(long address, long lengthBytes, Object keepAlive) {
        return new LocalMemory(List.of(), address, lengthBytes, false, keepAlive);
    }

    /**
     * The segments as buffers from 0 to limit. Their positions must not be changed: use absolute access or duplicates.
     *
     * @return the buffers; empty if {@link #isRaw}
     */
    public List<ByteBuffer> buffers() {
        return buffers;
    }

    /**
     * Tells whether this is a raw range, see {@link #rawAddress}.
     *
     * @return true if there are no buffers
     */
    public boolean isRaw() {
        return keepAlive != null && buffers.isEmpty();
    }

    /**
     * First byte of the raw range.
     *
     * @return the address; 0 if not raw
     */
    public long rawAddress() {
        return rawAddress;
    }

    /**
     * Length of all segments together.
     *
     * @return bytes
     */
    public long byteSize() {
        return byteSize;
    }

    /**
     * Number of segments.
     *
     * @return 1 for a raw range
     */
    public int segmentCount() {
        return Math.max(1, buffers.size());
    }

    /**
     * The segments as address ranges.
     *
     * @param addressOf the address of a direct buffer's index 0
     * @return the ranges; valid as long as this object is reachable
     */
    public Extents extents(ToLongFunction<ByteBuffer> addressOf) {
        if (isRaw()) {
            return Extents.of(rawAddress, byteSize);
        }
        return Extents.of(
                buffers.stream().mapToLong(addressOf).toArray(),
                buffers.stream().mapToLong(ByteBuffer::limit).toArray());
    }

    /**
     * Tells whether a buffer is read-only.
     *
     * @return true if copies must not write here
     */
    public boolean isReadOnly() {
        return readOnly;
    }
}
