package org.dray;

import java.nio.ByteBuffer;

/**
 * Keeps registrations for reuse, and drops them when their memory changes.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public interface RegistrationCache extends AutoCloseable {

    /**
     * Bounds on what is kept while nobody uses it.
     *
     * @param entries the most regions
     * @param bytes the most bytes registered
     * @param pinnedBytes the most bytes pinned
     */
    record Limits(int entries, long bytes, long pinnedBytes) {}

    /**
     * A region over the buffer's bytes, from the cache or newly registered. Release it with {@link #release}; do not
     * close it.
     *
     * @param memory a direct buffer; from position to limit
     * @param access what copies may do
     * @return the shared region
     */
    MemoryRegion acquire(ByteBuffer memory, Access access);

    /**
     * Gives a region back.
     *
     * @param region a region from {@link #acquire}
     * @return true if its memory was the same for the whole time of use; false if bytes that were moved through it
     *     cannot be trusted
     */
    boolean release(MemoryRegion region);

    /** Releases everything that is kept. */
    @Override
    void close();
}
