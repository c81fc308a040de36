package com.example.strict;

import java.nio.ByteBuffer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;

/** Own memory in one buffer; keeps it reachable. */
final class StrictRegion implements DriverRegion {
    private static final int HIGHEST_BIT = 1 << 30;

    final ByteBuffer bytes;
    private final Extents extents;

    /** As much of the address as Java tells: two regions over the same bytes overlap in these coordinates, too. */
    StrictRegion(LocalMemory memory) {
        bytes = memory.buffers().get(0);
        extents = Extents.of(bytes.alignmentOffset(0, HIGHEST_BIT), bytes.limit());
    }

    /** The same object each time: it is asked for at every copy, which should allocate nothing. */
    @Override
    public Extents extents() {
        return extents;
    }
}
