package org.dray.tck;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that tell where they belong: each depends on a seed and on its own index. */
final class Pattern {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Pattern() {}

    static byte[] bytes(long seed, long offsetBytes, int lengthBytes) {
        int skipped = (int) (offsetBytes & 7);
        byte[] words = new byte[(skipped + lengthBytes + 7) & -8];
        long base = seed * GOLDEN + (offsetBytes >>> 3);
        for (int i = 0; i < words.length; i += Long.BYTES) {
            WORD.set(words, i, mix(base + (i >>> 3)));
        }
        return skipped == 0 && words.length == lengthBytes
                ? words
                : Arrays.copyOfRange(words, skipped, skipped + lengthBytes);
    }

    private static long mix(long value) {
        long x = value * GOLDEN;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        return x ^ (x >>> 27);
    }

    /** What differs between two arrays, with the first and the last index; empty if nothing does. */
    static String difference(byte[] expected, byte[] actual, long offsetBytes) {
        int first = Arrays.mismatch(expected, actual);
        if (first < 0) {
            return "";
        }
        int last = Math.min(expected.length, actual.length) - 1;
        while (last > first && expected[last] == actual[last]) {
            last--;
        }
        return "byte " + (offsetBytes + first) + " is " + hex(actual, first) + " instead of " + hex(expected, first)
                + "; the last wrong byte is " + (offsetBytes + last);
    }

    private static String hex(byte[] bytes, int index) {
        return index < bytes.length ? "0x" + Integer.toHexString(bytes[index] & 0xff) : "missing";
    }
}
