package org.dray.backend.cma;

import java.nio.ByteBuffer;
import org.dray.spi.Extents;

/** Memory that this backend mapped for the application. */
final class AllocatedRegion extends CmaRegion {
    private final Mapping mapping;

    AllocatedRegion(Mapping mapping, long lengthBytes) {
        super(Extents.of(mapping.address(), lengthBytes));
        this.mapping = mapping;
    }

    @Override
    public ByteBuffer map(long offsetBytes, int lengthBytes) {
        return mapping.buffer(offsetBytes, lengthBytes);
    }

    @Override
    public void close() {
        mapping.closeRegion();
    }
}
