package org.dray.tck;

import org.dray.MemoryRegion;

/** A region, with a way to write and read its bytes that is not the copy under test. */
interface Place {
    /** As many bytes are looked at in one piece. */
    int CHUNK_BYTES = 1 << 20;

    MemoryRegion region();

    void put(long offset, byte[] bytes);

    byte[] get(long offset, int lengthBytes);

    /** Writes a pattern's bytes, each at its own index. */
    default void fill(long seed, long offset, long lengthBytes) {
        for (long at = offset; at < offset + lengthBytes; at += CHUNK_BYTES) {
            put(at, Pattern.bytes(seed, at, (int) Math.min(CHUNK_BYTES, offset + lengthBytes - at)));
        }
    }

    /** How a range differs from a pattern's bytes, which begin there at an index of their own; empty if it does not. */
    default String difference(long seed, long patternOffset, long offset, long lengthBytes) {
        for (long done = 0; done < lengthBytes; done += CHUNK_BYTES) {
            int part = (int) Math.min(CHUNK_BYTES, lengthBytes - done);
            String difference = Pattern.difference(
                    Pattern.bytes(seed, patternOffset + done, part), get(offset + done, part), offset + done);
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    /** Complains unless a range holds the bytes of a pattern from the given index on. */
    default void expect(long seed, long patternOffset, long offset, long lengthBytes, String what) {
        String difference = difference(seed, patternOffset, offset, lengthBytes);
        Expect.that(difference.isEmpty(), what + ": " + difference);
    }

    /** Complains unless everything holds a pattern's bytes. */
    default void expectAll(long seed, String what) {
        expect(seed, 0, 0, region().byteSize(), what);
    }
}
