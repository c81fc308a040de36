package org.dray.internal;

import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.internal.directory.PeerDirectory;
import org.dray.spi.DriverRegion;
import org.dray.spi.PublishedRegion;

/** A region of another process. */
final class PeerRoot extends Root {
    private final Connection connection;
    private final PeerDirectory directory;
    private final DriverRegion region;
    private final boolean singleUse;
    private final int slot;
    private final int generation;

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
        this.directory = connection.directory();
        this.region = region;
        this.singleUse = published.singleUse();
        this.slot = published.slot();
        this.generation = published.generation();
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
        directory.claim(contextIndex, side, slot, generation);
    }

    void unclaim(int contextIndex, int side) {
        directory.unclaim(contextIndex, side);
    }

    /** Whether the owner still publishes the region. */
    boolean isPublished() {
        return directory.isPublished(slot, generation);
    }

    /** Takes the only use of a single-use region; false if it was taken before. */
    boolean takeUse() {
        return !singleUse || directory.consume(slot, generation);
    }

    boolean isConsumed() {
        return singleUse && directory.isConsumed(slot, generation);
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
