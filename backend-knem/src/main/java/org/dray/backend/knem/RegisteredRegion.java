package org.dray.backend.knem;

import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;

/** Own memory whose pages the driver holds. */
final class RegisteredRegion extends NearRegion {
    private final RegionTable table;
    private final RegionTable.Registration registration;
    private final boolean singleUse;

    RegisteredRegion(
            LocalMemory memory,
            Extents extents,
            RegionTable table,
            RegionTable.Registration registration,
            boolean singleUse) {
        super(memory, extents.withKey(registration.cookie()));
        this.table = table;
        this.registration = registration;
        this.singleUse = singleUse;
    }

    /** Not if that used it up: the owner's own copies do not count. */
    @Override
    boolean isNamed() {
        return !singleUse;
    }

    @Override
    public void close() {
        table.end(registration);
    }
}
