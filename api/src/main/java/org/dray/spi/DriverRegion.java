package org.dray.spi;

import java.nio.ByteBuffer;

/**
 * A region as its driver sees it. The core calls {@link #close} once, when no copy uses the region and none can start.
 */
public interface DriverRegion extends AutoCloseable {

    /**
     * Where the bytes are. The core publishes this to peers, and compares it to find overlaps.
     *
     * @return the extents; their sum is the region's length
     */
    Extents extents();

    /**
     * Tells whether the device itself ends this region with the first copy that names it. The core then makes a copy in
     * one step, however long it is.
     *
     * @return true for a single-use region of a peer whose device counts the uses
     */
    default boolean isSpentByCopy() {
        return false;
    }

    /**
     * The bytes as a new buffer over a mapping that outlives {@link #close} as long as a buffer over it is reachable.
     *
     * @param offsetBytes first byte, checked
     * @param lengthBytes number of bytes, checked
     * @return a direct buffer
     * @throws BackendException if the system refused
     */
    default ByteBuffer map(long offsetBytes, int lengthBytes) throws BackendException {
        throw new UnsupportedOperationException("this region cannot be mapped: it was not allocated by the engine");
    }

    /**
     * Makes bytes of a persistent space durable.
     *
     * @param offsetBytes first byte, checked
     * @param lengthBytes number of bytes, checked, not 0
     * @throws BackendException if the system refused
     */
    default void flush(long offsetBytes, long lengthBytes) throws BackendException {
        throw new UnsupportedOperationException("this region is not persistent: there is nothing to flush");
    }

    /** Releases what the device holds for this region. */
    @Override
    default void close() {}
}
