package com.example.toy;

import java.nio.ByteBuffer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;

final class ToyRegion implements DriverRegion {
    final ByteBuffer bytes;

    ToyRegion(LocalMemory memory) {
        bytes = memory.buffers().get(0);
    }

    @Override
    public Extents extents() {
        return Extents.of(0, bytes.capacity());
    }
}
