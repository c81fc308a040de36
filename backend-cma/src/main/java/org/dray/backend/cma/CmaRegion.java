package org.dray.backend.cma;

import java.util.Arrays;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;

/** Address ranges of one process that follow each other: what offsets of a region mean to the kernel. */
abstract class CmaRegion implements DriverRegion {
    /** No single address stands for a range that lies in several segments. */
    static final long SCATTERED = 0;

    private final Extents extents;
    private final long firstAddress;
    private final long firstLengthBytes;
    private final long[] startBytes;

    CmaRegion(Extents extents) {
        this.extents = extents;
        this.firstAddress = extents.base(0);
        this.firstLengthBytes = extents.lengthBytes(0);
        this.startBytes = new long[extents.count()];
        for (int i = 1; i < startBytes.length; i++) {
            startBytes[i] = startBytes[i - 1] + extents.lengthBytes(i - 1);
        }
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
        int segment = segmentOf(offsetBytes);
        long skipBytes = offsetBytes - startBytes[segment];
        return skipBytes + lengthBytes <= extents.lengthBytes(segment) ? extents.base(segment) + skipBytes : SCATTERED;
    }

    final int segmentOf(long offsetBytes) {
        int found = Arrays.binarySearch(startBytes, offsetBytes);
        return found >= 0 ? found : -found - 2;
    }

    /** Offset of a segment's first byte in the region. */
    final long startBytes(int segment) {
        return startBytes[segment];
    }
}
