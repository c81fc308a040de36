package org.dray.backend.cma;

import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;

/** Address ranges of one process that follow each other: what offsets of a region mean to the kernel. */
abstract class CmaRegion implements DriverRegion {
    /** No single address stands for a range that lies in several segments. */
    static final long SCATTERED = 0;

    private final Extents extents;
    private final long firstAddress;
    private final long firstLengthBytes;

    CmaRegion(Extents extents) {
        this.extents = extents;
        this.firstAddress = extents.base(0);
        this.firstLengthBytes = extents.lengthBytes(0);
    }

    @Override
    public final Extents extents() {
        return extents;
    }

    /** The address of a range of this region, or {@link #SCATTERED}. */
    final long address(long offsetBytes, long lengthBytes) {
        if (offsetBytes + lengthBytes <= firstLengthBytes) {
            return firstAddress + offsetBytes;
        }
        int segment = extents.indexOf(offsetBytes);
        long skipBytes = offsetBytes - extents.startBytes(segment);
        return skipBytes + lengthBytes <= extents.lengthBytes(segment) ? extents.base(segment) + skipBytes : SCATTERED;
    }
}
