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
    private final PublishedRegion published;
    private final DriverRegion region;

    PeerRoot(Connection connection, PublishedRegion published, DriverRegion region, Access access) {
        super(
                connection.engine().dray(),
                AddressSpace.Kind.PEER,
                access,
                published.extents().byteSize(),
                published.extents().count());
        this.connection = connection;
        this.directory = connection.directory();
        this.published = published;
        this.region = region;
    }

    @Override
    EngineCore engine() {
        return connection.engine();
    }

    @Override
    DriverRegion driverRegion(EngineCore user) {
        return region;
    }

    @Override
    Object coordinates() {
        return connection.link().isSelf() ? AddressSpace.Kind.LOCAL : connection;
    }

    Connection connection() {
        return connection;
    }

    /** Tells the owner that a copy is about to use the region. */
    void claim(int contextIndex, int side) {
        directory.claim(contextIndex, side, published.slot(), published.generation());
    }

    void unclaim(int contextIndex, int side) {
        directory.unclaim(contextIndex, side);
    }

    /** Whether the owner still publishes the region. */
    boolean isPublished() {
        return directory.isPublished(published.slot(), published.generation());
    }

    /** Takes the only use of a single-use region; false if it was taken before. */
    boolean takeUse() {
        return !published.singleUse() || directory.consume(published.slot(), published.generation());
    }

    boolean isConsumed() {
        return published.singleUse() && directory.isConsumed(published.slot(), published.generation());
    }

    @Override
    void release() {
        Attempts attempts = new Attempts();
        attempts.run(region::close);
        attempts.run(connection::release);
        attempts.run(() -> engine().forget(this));
        attempts.finish();
    }
}
