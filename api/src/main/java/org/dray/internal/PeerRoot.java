package org.dray.internal;

import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.internal.directory.PeerSlot;
import org.dray.spi.DriverRegion;
import org.dray.spi.PublishedRegion;

/** A region of another process. */
final class PeerRoot extends Root {
    private final Connection connection;
    private final DriverRegion region;
    private final PeerSlot slot;
    private final boolean singleUse;

    PeerRoot(Connection connection, PublishedRegion published, DriverRegion region, Access access) {
        super(
                connection.engine().dray(),
                connection.engine(),
                AddressSpace.Kind.PEER,
                connection.link().isSelf() ? AddressSpace.Kind.LOCAL : connection,
                access,
                published.extents().byteSize(),
                published.extents().count());
        this.connection = connection;
        this.region = region;
        this.slot = connection.directory().slot(published.slot(), published.generation());
        this.singleUse = published.singleUse();
    }

    @Override
    DriverRegion driverRegion(EngineCore user) {
        return region;
    }

    Connection connection() {
        return connection;
    }

    /** Tells the owner that a copy is about to use the region; whatever follows happens after that. */
    void claim(int contextIndex, int side) {
        slot.claim(contextIndex, side);
    }

    void unclaim(int contextIndex, int side) {
        slot.unclaim(contextIndex, side);
    }

    /** Whether the owner still publishes the region. */
    boolean isPublished() {
        return slot.isPublished();
    }

    /** Takes the only use of a single-use region; false if it was taken before. */
    boolean takeUse() {
        return !singleUse || slot.consume();
    }

    boolean isConsumed() {
        return singleUse && slot.isConsumed();
    }

    @Override
    void release() {
        Attempts attempts = new Attempts();
        attempts.run(region::close);
        attempts.run(connection::release);
        attempts.run(() -> connection.engine().forget(this));
        attempts.finish();
    }
}
