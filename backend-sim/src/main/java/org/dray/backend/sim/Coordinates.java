package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;

/**
 * Coordinates of own memory: the address modulo 2^30, which is all that pure Java can learn of it. Regions over the
 * same bytes have the same coordinates there; equal coordinates do not prove the reverse. A range that crosses a
 * multiple of 2^30 becomes several, unless that made more than a route takes.
 */
final class Coordinates {
    private static final int MODULUS = 1 << 30;

    /** As much as a process can address. */
    private static final long MAX_BYTES = 1L << 47;

    private Coordinates() {}

    static Extents of(List<ByteBuffer> buffers, int maxSegments) {
        return split(
                buffers.stream()
                        .mapToLong(buffer -> buffer.alignmentOffset(0, MODULUS))
                        .toArray(),
                buffers.stream().mapToLong(ByteBuffer::limit).toArray(),
                maxSegments);
    }

    static Extents of(long address, long lengthBytes, int maxSegments) throws BackendException {
        if (lengthBytes > MAX_BYTES) {
            throw new BackendException(
                    CopyStatus.BAD_LOCAL_ADDRESS,
                    0,
                    "a range of " + lengthBytes + " bytes; no process has more than " + MAX_BYTES,
                    List.of());
        }
        return split(new long[] {address & (MODULUS - 1)}, new long[] {lengthBytes}, maxSegments);
    }

    private static Extents split(long[] bases, long[] lengths, int maxSegments) {
        LongStream.Builder splitBases = LongStream.builder();
        LongStream.Builder splitLengths = LongStream.builder();
        int count = 0;
        for (int i = 0; i < bases.length; i++) {
            long base = bases[i];
            for (long left = lengths[i]; left > 0; base = 0, count++) {
                long step = Math.min(left, MODULUS - base);
                splitBases.add(base);
                splitLengths.add(step);
                left -= step;
            }
        }
        return count > maxSegments
                ? Extents.of(bases, lengths)
                : Extents.of(splitBases.build().toArray(), splitLengths.build().toArray());
    }
}
