package org.dray.backend.knem;

import org.dray.linux.Memory;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;

/** Own memory: an address is all that the driver needs of it. */
class NearRegion implements DriverRegion {
    @SuppressWarnings("unused") // it keeps the buffers reachable as long as this region is
    private final LocalMemory memory;

    private final Extents extents;

    NearRegion(LocalMemory memory) {
        this(memory, memory.extents(Memory::address));
    }

    NearRegion(LocalMemory memory, Extents extents) {
        this.memory = memory;
        this.extents = extents;
    }

    @Override
    public final Extents extents() {
        return extents;
    }

    /** Whether a copy may name it by its cookie. */
    boolean isNamed() {
        return false;
    }
}
