package org.dray.hammer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes that tell who wrote them, and where they belong: a function of a number and of the offset in the region. */
final class Pattern {
    /** What fills memory that nobody may read or write. */
    static final byte POISON = (byte) 0xdb;

    private static final int WORD = Long.BYTES;

    private Pattern() {}

    static void fill(ByteBuffer buffer, int position, int lengthBytes, long id, long offsetBytes) {
        ByteBuffer target = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < lengthBytes) {
            long offset = offsetBytes + done;
            if (offset % WORD == 0 && lengthBytes - done >= WORD) {
                target.putLong(position + done, word(id, offset));
                done += WORD;
            } else {
                target.put(position + done, value(id, offset));
                done++;
            }
        }
    }

    /** How many bytes are as {@link #fill} would make them, up to the first that is not. */
    static int prefix(ByteBuffer buffer, int position, int lengthBytes, long id, long offsetBytes) {
        ByteBuffer source = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < lengthBytes) {
            long offset = offsetBytes + done;
            if (offset % WORD == 0
                    && lengthBytes - done >= WORD
                    && source.getLong(position + done) == word(id, offset)) {
                done += WORD;
            } else if (source.get(position + done) == value(id, offset)) {
                done++;
            } else {
                return done;
            }
        }
        return done;
    }

    static void set(ByteBuffer buffer, int position, int lengthBytes, byte value) {
        ByteBuffer target = buffer.duplicate();
        long word = (value & 0xffL) * 0x0101_0101_0101_0101L;
        int done = 0;
        for (; lengthBytes - done >= WORD; done += WORD) {
            target.putLong(position + done, word);
        }
        for (; done < lengthBytes; done++) {
            target.put(position + done, value);
        }
    }

    /** Index of the first byte that has another value, or -1. */
    static int otherThan(byte value, ByteBuffer buffer, int position, int lengthBytes) {
        long word = (value & 0xffL) * 0x0101_0101_0101_0101L;
        int at = position;
        int end = position + lengthBytes;
        while (end - at >= WORD && buffer.getLong(at) == word) {
            at += WORD;
        }
        while (at < end && buffer.get(at) == value) {
            at++;
        }
        return at == end ? -1 : at;
    }

    private static byte value(long id, long offset) {
        return (byte) (word(id, offset - offset % WORD) >>> (offset % WORD * Byte.SIZE));
    }

    private static long word(long id, long offset) {
        return mix(id * 0x9e37_79b9_7f4a_7c15L + offset);
    }

    /** The finaliser of SplittableRandom: different inputs give different outputs that look random. */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
