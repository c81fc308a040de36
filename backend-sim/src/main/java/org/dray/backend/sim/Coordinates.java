package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;

/**
 * Coordinates of own memory: the address modulo 2^30, which is all that pure Java can learn of it. Regions over the
 * same bytes have the same coordinates there; equal coordinates do not prove the reverse. A range that crosses a
 * multiple of 2^30 becomes several.
 */
final class Coordinates {
    private static final int MODULUS = 1 << 30;

    /** As much as a process can address. */
    private static final long MAX_BYTES = 1L << 47;

    private Coordinates() {}

    static Extents of(List<ByteBuffer> buffers) {
        List<Long> bases = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        for (ByteBuffer buffer : buffers) {
            add(bases, lengths, buffer.alignmentOffset(0, MODULUS), buffer.limit());
        }
        return extents(bases, lengths);
    }

    static Extents of(long address, long lengthBytes) throws BackendException {
        if (lengthBytes > MAX_BYTES) {
            throw new BackendException(
                    CopyStatus.BAD_LOCAL_ADDRESS,
                    0,
                    "a range of " + lengthBytes + " bytes; no process has more than " + MAX_BYTES,
                    List.of());
        }
        List<Long> bases = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        add(bases, lengths, address & (MODULUS - 1), lengthBytes);
        return extents(bases, lengths);
    }

    private static void add(List<Long> bases, List<Long> lengths, long base, long lengthBytes) {
        long at = base;
        for (long left = lengthBytes; left > 0; at = 0) {
            long step = Math.min(left, MODULUS - at);
            bases.add(at);
            lengths.add(step);
            left -= step;
        }
    }

    private static Extents extents(List<Long> bases, List<Long> lengths) {
        return Extents.of(
                bases.stream().mapToLong(Long::longValue).toArray(),
                lengths.stream().mapToLong(Long::longValue).toArray());
    }
}
