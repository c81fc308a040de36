package org.dray;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Moves bytes between two regions through one backend.
 *
 * <p><b>Threads.</b> All methods may be called from any thread; copies of different threads run side by side and are
 * not ordered with each other. No method calls back.
 *
 * <p><b>Errors.</b> Everything is checked before a byte moves. What a method does not list: a null argument is a
 * {@link NullPointerException}, a closed engine an {@link IllegalStateException}, an undeclared capability an
 * {@link UnsupportedOperationException}. In all of these nothing has changed.
 */
public interface CopyEngine {

    /**
     * The id of the backend, for example {@code cma}.
     *
     * @return the id
     */
    String id();

    /**
     * Capabilities, routes, limits and spaces.
     *
     * @return immutable data
     */
    EngineInfo info();

    /**
     * Registers own memory, so that peers can reach it with the region's token and the engine can use it best.
     *
     * @param memory a direct buffer; the region is its bytes from position to limit; kept reachable until close
     * @param access what copies may do
     * @param options see {@link RegionOption}
     * @return a region of kind LOCAL
     * @throws IllegalArgumentException if the buffer is on the heap (use {@link ByteBuffer#allocateDirect}) or empty,
     *     or read-only and {@code access} writes
     * @throws UnsupportedOperationException if the buffer is read-only or an option is given and the engine does not
     *     declare the capability
     * @throws CopyException if the system refused, or a limit was reached
     */
    MemoryRegion register(ByteBuffer memory, Access access, RegionOption... options);

    /**
     * Registers memory that was wrapped: several segments, or above 2 GiB.
     *
     * @param memory a region from {@link Dray#wrap} or {@link Dray#wrapAddress}; may be closed afterwards, its memory
     *     stays reachable until the new region is closed
     * @param access what copies may do
     * @param options see {@link RegionOption}
     * @return a region of kind LOCAL
     * @throws IllegalArgumentException if {@code memory} is not a wrapped region, or its access does not cover
     *     {@code access}
     */
    MemoryRegion register(MemoryRegion memory, Access access, RegionOption... options);

    /**
     * Allocates zeroed memory that this engine can share best, registered as if by {@link #register}.
     *
     * @param lengthBytes number of bytes, at least 1; may exceed 2 GiB
     * @param access what copies may do; own code reads and writes through {@link MemoryRegion#map} where declared
     * @param options see {@link RegionOption}
     * @return a region of kind LOCAL
     * @throws IllegalArgumentException if {@code lengthBytes} is below 1
     * @throws CopyException with RESOURCE_LIMIT if there is not enough memory
     */
    MemoryRegion allocate(long lengthBytes, Access access, RegionOption... options);

    /**
     * Attaches a peer's region.
     *
     * @param token a token of an engine with this id
     * @return a region of kind PEER with the access that the owner published
     * @throws CopyException TOKEN_FOREIGN, TOKEN_STALE, PEER_GONE, PEER_REPLACED or PERMISSION; no byte has moved
     */
    MemoryRegion attach(RegionToken token);

    /**
     * Makes a region of a device's or a persistent space.
     *
     * @param space a space of this engine
     * @param offsetBytes first byte within the space; 0 is an ordinary offset
     * @param lengthBytes number of bytes, at least 1
     * @param access what copies may do
     * @return a region of the space's kind
     * @throws IndexOutOfBoundsException if the range leaves the space
     * @throws IllegalArgumentException if the space is of another engine, is LOCAL or PEER, or the range is not aligned
     */
    MemoryRegion region(AddressSpace space, long offsetBytes, long lengthBytes, Access access);

    /**
     * Copies bytes between two regions and returns when the last one is visible to the calling thread.
     *
     * <p>Zero bytes are allowed: everything is checked, nothing moves, no peer is asked. A copy that fails or is ended
     * by a concurrent close says how much it moved where the route declares exact reporting.
     *
     * @param source region to read, of this engine or wrapped
     * @param sourceOffsetBytes first byte read
     * @param destination region to write, of this engine or wrapped
     * @param destinationOffsetBytes first byte written
     * @param lengthBytes number of bytes, 0 or more
     * @throws IndexOutOfBoundsException if a range leaves its region; no byte has changed
     * @throws IllegalArgumentException if a region belongs to another engine or lacks the access; if offsets or length
     *     are not aligned as the route demands; if the ranges overlap on a route that rejects it; no byte has changed
     * @throws IllegalStateException if a region was closed before the copy started; no byte has changed
     * @throws UnsupportedOperationException if the engine has no route between these kinds; no byte has changed
     * @throws CopyException if the world prevented it
     */
    void copy(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes);

    /**
     * Copies on the executor given to Dray. Mistakes are thrown here, as {@link #copy} throws them. The regions stay
     * usable; closing one ends the copy as {@link #copy} says, and so does cancelling or completing the future: a copy
     * that has not begun moves no byte, one that has ends at its next step.
     *
     * @param source region to read
     * @param sourceOffsetBytes first byte read
     * @param destination region to write
     * @param destinationOffsetBytes first byte written
     * @param lengthBytes number of bytes, 0 or more
     * @return completes when the bytes are visible, or exceptionally with {@link CopyException}; its status is
     *     RESOURCE_LIMIT if the executor refused the copy
     */
    CompletableFuture<Void> copyAsync(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes);

    /**
     * Opens an asynchronous queue. Every engine has them: one whose backend copies only while a thread waits, which
     * {@link RouteInfo.Emulation#QUEUE} tells, runs the operations of a channel on the executor given to Dray, one
     * after the other.
     *
     * @param options capacity and ordering
     * @return a channel that this engine owns
     * @throws CopyException if the system refused
     */
    CopyChannel openChannel(ChannelOptions options);
}
