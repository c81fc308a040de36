package org.dray.spi;

import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.EngineInfo;
import org.dray.PeerId;

/**
 * The driver of one opened backend.
 *
 * <p><b>Threads.</b> All methods from any thread, several at once. {@link #close} is called once, after every region
 * and peer was closed and no copy runs.
 *
 * <p>The core calls only what {@link #info} declares, with arguments that it has checked.
 */
public interface CopyDriver extends AutoCloseable {

    /**
     * Capabilities, routes, limits, spaces.
     *
     * @return the same data at every call
     */
    EngineInfo info();

    /**
     * Makes own memory usable as the near side of copies. Nothing is pinned. Called once per memory and engine.
     *
     * @param memory the memory
     * @return the region
     * @throws BackendException if the system refused
     */
    DriverRegion wrap(LocalMemory memory) throws BackendException;

    /**
     * Registers own memory for copies by this process and, where SHARE is declared, by peers.
     *
     * @param memory the memory; the driver region keeps it
     * @param access what copies may do
     * @return the region, with what peers need in its extents
     * @throws BackendException if the system refused
     */
    DriverRegion register(LocalMemory memory, Access access) throws BackendException;

    /**
     * Registers own memory for one copy by a peer. The core counts the uses in any case; a driver whose device can do
     * it as well tells it to.
     *
     * @param memory as for {@link #register}
     * @param access as for {@link #register}
     * @return as of {@link #register}
     * @throws BackendException if the system refused
     */
    default DriverRegion registerSingleUse(LocalMemory memory, Access access) throws BackendException {
        return register(memory, access);
    }

    /**
     * The core has published a region that this driver registered or allocated. A driver whose owner process serves its
     * peers learns here under which name they will ask for it; it stops serving when the region is closed.
     *
     * @param region the region
     * @param slot the slot that peers see in {@link PublishedRegion#slot}
     * @param generation the generation that peers see
     */
    default void published(DriverRegion region, int slot, int generation) {}

    /**
     * Allocates zeroed memory. Called only if ALLOCATE is declared.
     *
     * @param lengthBytes number of bytes
     * @param access what copies may do
     * @return a region as if registered; {@link DriverRegion#map} works if MAP is declared
     * @throws BackendException with RESOURCE_LIMIT if there is not enough
     */
    default DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        throw new UnsupportedOperationException("ALLOCATE is not declared");
    }

    /**
     * Connects to another process. Called once per process as long as regions of it are attached. Called only if SHARE
     * is declared.
     *
     * @param link who and where it is
     * @return the connection
     * @throws BackendException if it cannot be reached
     */
    default DriverPeer connect(PeerLink link) throws BackendException {
        throw new UnsupportedOperationException("SHARE is not declared");
    }

    /**
     * Opens a part of a device's or persistent space.
     *
     * @param space one of this driver's spaces
     * @param offsetBytes first byte, checked
     * @param lengthBytes number of bytes, checked
     * @param access what copies may do
     * @return the region
     * @throws BackendException if the system refused
     */
    default DriverRegion open(AddressSpace space, long offsetBytes, long lengthBytes, Access access)
            throws BackendException {
        throw new UnsupportedOperationException("this engine has no space '" + space.name() + "'");
    }

    /**
     * Lets a peer in where the kernel asks the owner. Does nothing where it does not.
     *
     * @param peer who
     * @throws BackendException if the system refused
     */
    default void admit(PeerId peer) throws BackendException {}

    /**
     * Moves bytes in the calling thread. Bounds, access, alignment, overlap, lifetimes are checked; the length is 1 to
     * the route's {@code maxTransferBytes}. Allocates nothing when it succeeds.
     *
     * @param context of this copy
     * @param source region of this driver
     * @param sourceOffsetBytes first byte read
     * @param destination region of this driver
     * @param destinationOffsetBytes first byte written
     * @param lengthBytes number of bytes
     * @return how many bytes were moved; the copy succeeded if these are all and {@link CopyContext#fail} was not
     *     called
     */
    long copy(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes);

    /**
     * The most operations that one channel of this driver has under way.
     *
     * @return 1 or more, the same at every call; or 0 if this driver has no channels: then asynchronous copies run
     *     {@link #copy} on the executor that was given to Dray
     */
    default int queueDepth() {
        return 0;
    }

    /**
     * Opens a channel. Called only if {@link #queueDepth} is not 0.
     *
     * @return a new channel
     * @throws BackendException if the system refused
     */
    default DriverChannel openChannel() throws BackendException {
        throw new UnsupportedOperationException("this driver has no channels");
    }

    /** Releases everything. */
    @Override
    void close();
}
