package org.dray.internal;

import org.dray.spi.Extents;

/** Finds out whether two ranges of regions in the same coordinates share a byte. */
final class Overlap {
    private Overlap() {}

    static boolean exists(Extents a, long aOffset, Extents b, long bOffset, long lengthBytes) {
        long aEnd = aOffset + lengthBytes;
        long bEnd = bOffset + lengthBytes;
        long aStart = 0;
        for (int i = 0; i < a.count() && aStart < aEnd; aStart += a.lengthBytes(i), i++) {
            long aFrom = Math.max(aOffset, aStart);
            long aTo = Math.min(aEnd, aStart + a.lengthBytes(i));
            if (aFrom < aTo && meets(b, bOffset, bEnd, a.base(i) + (aFrom - aStart), aTo - aFrom)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meets(Extents b, long bOffset, long bEnd, long base, long lengthBytes) {
        long bStart = 0;
        for (int i = 0; i < b.count() && bStart < bEnd; bStart += b.lengthBytes(i), i++) {
            long bFrom = Math.max(bOffset, bStart);
            long bTo = Math.min(bEnd, bStart + b.lengthBytes(i));
            if (bFrom < bTo) {
                long bBase = b.base(i) + (bFrom - bStart);
                if (base < bBase + (bTo - bFrom) && bBase < base + lengthBytes) {
                    return true;
                }
            }
        }
        return false;
    }
}
