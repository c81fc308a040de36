package org.dray;

import java.nio.ByteBuffer;

/**
 * An ordered list of one or more segments in one address space, with access rights, addressed by offsets from 0 to
 * {@link #byteSize}.
 *
 * <p>A region of kind LOCAL keeps its memory reachable until it is closed. It never follows that memory's contents or
 * life outside Java: who unmaps it under a region gets a status from the next copy, not a crash.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, also concurrently with {@link #close}.
 */
public interface MemoryRegion extends AutoCloseable {

    /**
     * The engine that this region belongs to.
     *
     * @return the engine
     * @throws UnsupportedOperationException if the region is wrapped memory, which belongs to none
     */
    CopyEngine engine();

    /**
     * Where the bytes live.
     *
     * @return the kind of the space
     */
    AddressSpace.Kind kind();

    /**
     * What copies may do.
     *
     * @return the access
     */
    Access access();

    /**
     * The length of the region, all segments together.
     *
     * @return bytes, at least 1
     */
    long byteSize();

    /**
     * The number of segments that the region consists of.
     *
     * @return 1 or more
     */
    int segmentCount();

    /**
     * What a peer needs to reach this region through this region's engine.
     *
     * @return the token
     * @throws UnsupportedOperationException if the region cannot be shared: it is wrapped, attached, a slice, or of a
     *     space without tokens
     * @throws IllegalStateException if the region is closed
     */
    RegionToken token();

    /**
     * A view of a part. It ends with this region; closing the view does nothing.
     *
     * @param offsetBytes first byte
     * @param lengthBytes number of bytes, at least 1
     * @return the view
     * @throws IndexOutOfBoundsException if the range leaves this region
     * @throws IllegalStateException if the region is closed
     */
    MemoryRegion slice(long offsetBytes, long lengthBytes);

    /**
     * The bytes as a buffer, without a copy. The mapping lives until the last buffer over it is unreachable;
     * {@link #close} ends copies, not the mapping.
     *
     * @param offsetBytes first byte
     * @param lengthBytes number of bytes, 1 to {@link Integer#MAX_VALUE}
     * @return a direct buffer in native byte order, read-only if the region's access is READ and it was attached; a
     *     buffer cannot be write-only, so one of a WRITE region can be read, too
     * @throws UnsupportedOperationException if {@link Capability#MAP} is not declared, or the region was not allocated
     *     and its space cannot be mapped
     * @throws IndexOutOfBoundsException if the range leaves this region
     * @throws IllegalArgumentException if the range is longer than a buffer can be
     * @throws IllegalStateException if the region is closed
     */
    ByteBuffer map(long offsetBytes, long lengthBytes);

    /**
     * Makes bytes of a PERSISTENT region durable: when it returns, they survive a loss of power.
     *
     * @param offsetBytes first byte
     * @param lengthBytes number of bytes, 0 or more
     * @throws UnsupportedOperationException if the region is of another kind
     * @throws IndexOutOfBoundsException if the range leaves this region
     * @throws IllegalStateException if the region is closed
     */
    void flush(long offsetBytes, long lengthBytes);

    /**
     * Tells whether a single-use region has been used.
     *
     * @return true once a copy through the token has started; always false for other regions
     */
    boolean isConsumed();

    /**
     * Tells whether new copies are accepted.
     *
     * @return false once {@link #close} has begun here, or for a slice its region's
     */
    boolean isOpen();

    /**
     * Refuses new copies, waits for those in flight, releases what the region held. When it returns normally, no copy
     * touches the memory any more, neither here nor from a peer. Closing twice is harmless.
     *
     * @throws CopyException with BUSY if a peer's copy did not end within the declared bound, for example because the
     *     peer is stopped: the region is quarantined. A further close tries again.
     */
    @Override
    void close();
}
