package org.dray.backend.cma;

import org.dray.linux.Memory;
import org.dray.spi.LocalMemory;

/** Memory of the application, wrapped or registered: its addresses, and what keeps them valid. */
final class OwnRegion extends CmaRegion {
    @SuppressWarnings("unused") // it keeps the buffers reachable as long as this region is
    private final LocalMemory memory;

    OwnRegion(LocalMemory memory) {
        super(memory.extents(Memory::address));
        this.memory = memory;
    }
}
