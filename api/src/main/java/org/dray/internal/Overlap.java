package org.dray.internal;

import org.dray.spi.Extents;

/** Finds out whether two ranges of regions in the same coordinates share a byte. */
final class Overlap {
    private static final int SHARED = 1;
    private static final int WRITTEN_BEFORE_READ = 2;

    private Overlap() {}

    /** Whether a byte of the source is a byte of the destination. */
    static boolean exists(Extents source, long start, Extents destination, long target, long lengthBytes) {
        return find(source, start, destination, target, lengthBytes) != 0;
    }

    /** Whether a copy in steps from the first byte on would write a byte before it has read it. */
    static boolean needsStepsFromTheEnd(
            Extents source, long start, Extents destination, long target, long lengthBytes) {
        return (find(source, start, destination, target, lengthBytes) & WRITTEN_BEFORE_READ) != 0;
    }

    private static int find(Extents source, long start, Extents destination, long target, long lengthBytes) {
        int found = 0;
        long first = -start;
        for (int i = 0; i < source.count() && first < lengthBytes; first += source.lengthBytes(i), i++) {
            long from = Math.max(0, first);
            long to = Math.min(lengthBytes, first + source.lengthBytes(i));
            if (from < to) {
                found |= find(source.base(i) - first, from, to, destination, target, lengthBytes);
            }
        }
        return found;
    }

    /** Compares one extent of the source: byte {@code i} of the copy, from <= i < to, lies at {@code origin + i}. */
    private static int find(long origin, long from, long to, Extents destination, long target, long lengthBytes) {
        int found = 0;
        long first = -target;
        for (int i = 0; i < destination.count() && first < lengthBytes; first += destination.lengthBytes(i), i++) {
            long writtenFrom = Math.max(0, first);
            long writtenTo = Math.min(lengthBytes, first + destination.lengthBytes(i));
            long writtenOrigin = destination.base(i) - first;
            // Differences instead of comparisons: addresses are unsigned, and nothing wraps that is told apart here.
            long distance = (writtenOrigin + writtenFrom) - (origin + from);
            if (writtenFrom < writtenTo
                    && (Long.compareUnsigned(distance, to - from) < 0
                            || Long.compareUnsigned(-distance, writtenTo - writtenFrom) < 0)) {
                found |= writtenOrigin - origin > 0 ? SHARED | WRITTEN_BEFORE_READ : SHARED;
            }
        }
        return found;
    }
}
