package org.dray.tck;

import org.dray.CopyEngine;

/** Copies between two places of which every byte is looked at afterwards, with guard bytes around the destination. */
record CheckedCopy(CopyEngine engine, Place source, long sourceSeed, Place destination) {
    private static final int GUARD_BYTES = 64;

    /** Copies once; complains about the range's bytes and about the guard bytes. */
    void run(long sourceOffset, long destinationOffset, long lengthBytes) {
        long poison = sourceSeed + 1;
        long end = destinationOffset + lengthBytes;
        long guardStart = Math.max(0, destinationOffset - GUARD_BYTES);
        long guardEnd = Math.min(destination.region().byteSize(), end + GUARD_BYTES);
        destination.fill(poison, guardStart, guardEnd - guardStart);
        engine.copy(source.region(), sourceOffset, destination.region(), destinationOffset, lengthBytes);
        String what = lengthBytes + " bytes from offset " + sourceOffset + " to offset " + destinationOffset;
        destination.expect(sourceSeed, sourceOffset, destinationOffset, lengthBytes, what);
        destination.expect(poison, guardStart, guardStart, destinationOffset - guardStart, what + ", guard before");
        destination.expect(poison, end, end, guardEnd - end, what + ", guard behind");
    }

    void requireSourceUnchanged() {
        source.expectAll(sourceSeed, "the source after all copies");
    }
}
