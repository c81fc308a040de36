package org.dray.internal;

import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.RegionToken;
import org.dray.internal.directory.OwnerDirectory;
import org.dray.internal.directory.Publication;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** A region of a space of this process: registered, allocated, or part of a device. */
final class OwnedRoot extends Root {
    private final EngineCore owner;
    private final DriverRegion region;
    private final @Nullable Shared shared;

    /** How peers reach the region. */
    record Shared(OwnerDirectory directory, Publication publication, RegionToken token) {}

    OwnedRoot(
            EngineCore engine,
            DriverRegion region,
            AddressSpace.Kind kind,
            Object coordinates,
            Access access,
            int segmentCount,
            @Nullable Shared shared) {
        super(engine.dray(), engine, kind, coordinates, access, region.extents().byteSize(), segmentCount);
        this.owner = engine;
        this.region = region;
        this.shared = shared;
    }

    @Override
    DriverRegion driverRegion(EngineCore user) {
        return region;
    }

    @Nullable
    Shared shared() {
        return shared;
    }

    @Override
    void hide() {
        if (shared != null) {
            shared.directory.hide(shared.publication);
        }
    }

    @Override
    boolean awaitPeers(long deadlineNanos) {
        return shared == null || shared.directory.retire(shared.publication, deadlineNanos);
    }

    @Override
    void release() {
        Attempts attempts = new Attempts();
        attempts.run(region::close);
        attempts.run(() -> owner.forget(this));
        attempts.finish();
    }
}
