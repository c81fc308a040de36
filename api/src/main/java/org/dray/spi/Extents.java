package org.dray.spi;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the bytes of a region are: ranges in the coordinates of its space, in order. For memory of a process these are
 * whatever the backend's peers need to find it, addresses as a rule; for a device, offsets in its space. Immutable.
 */
public final class Extents {
    /** Bytes of a pair, see {@link #list}. */
    public static final int PAIR_BYTES = 2 * Long.BYTES;

    private final long[] base;
    private final long[] lengthBytes;
    private final long[] startBytes;
    private final long byteSize;
    private final long key;

    private Extents(long[] base, long[] lengthBytes, long key) {
        this.base = base;
        this.lengthBytes = lengthBytes;
        this.key = key;
        this.startBytes = new long[base.length];
        long sum = 0;
        for (int i = 0; i < lengthBytes.length; i++) {
            startBytes[i] = sum;
            sum = Math.addExact(sum, lengthBytes[i]);
        }
        this.byteSize = sum;
    }

    /**
     * One range.
     *
     * @param base its first byte
     * @param lengthBytes its length
     * @return the extents
     */
    public static Extents of(long base, long lengthBytes) {
        return new Extents(new long[] {base}, new long[] {lengthBytes}, 0);
    }

    /**
     * Several ranges.
     *
     * @param base first byte of each
     * @param lengthBytes length of each
     * @return the extents
     */
    public static Extents of(long[] base, long[] lengthBytes) {
        if (base.length != lengthBytes.length || base.length == 0) {
            throw new IllegalArgumentException(base.length + " bases and " + lengthBytes.length + " lengths");
        }
        return new Extents(base.clone(), lengthBytes.clone(), 0);
    }

    /**
     * The same ranges under a key.
     *
     * @param newKey the device's own name of the region
     * @return the extents
     */
    public Extents withKey(long newKey) {
        return new Extents(base, lengthBytes, newKey);
    }

    /**
     * The device's own name of the region, for example a cookie. Published to peers with the ranges.
     *
     * @return the name, or 0 if the ranges say it all
     */
    public long key() {
        return key;
    }

    /**
     * Number of ranges.
     *
     * @return 1 or more
     */
    public int count() {
        return base.length;
    }

    /**
     * First byte of a range.
     *
     * @param index which range
     * @return the coordinate
     */
    public long base(int index) {
        return base[index];
    }

    /**
     * Length of a range.
     *
     * @param index which range
     * @return bytes
     */
    public long lengthBytes(int index) {
        return lengthBytes[index];
    }

    /**
     * Which range a byte lies in.
     *
     * @param offsetBytes offset in the region, below its length
     * @return the range's index
     */
    public int indexOf(long offsetBytes) {
        int found = Arrays.binarySearch(startBytes, offsetBytes);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * Offset of a range's first byte in the region.
     *
     * @param index which range
     * @return bytes before it
     */
    public long startBytes(int index) {
        return startBytes[index];
    }

    /**
     * Lists the parts of a range of the region: pairs of coordinate and length, 8 bytes each in the order of the
     * buffer, which on Linux is an array of {@code struct iovec}.
     *
     * @param offsetBytes first byte of the range
     * @param lengthBytes its length
     * @param list where the pairs go
     * @param position of the first pair in the list
     * @param most the most pairs that are written
     * @return how many were written
     */
    public int list(long offsetBytes, long lengthBytes, ByteBuffer list, int position, int most) {
        int index = indexOf(offsetBytes);
        long skipBytes = offsetBytes - startBytes[index];
        long leftBytes = lengthBytes;
        int count = 0;
        while (leftBytes > 0 && count < most) {
            long partBytes = Math.min(leftBytes, this.lengthBytes[index] - skipBytes);
            int at = position + count * PAIR_BYTES;
            list.putLong(at, base[index] + skipBytes);
            list.putLong(at + Long.BYTES, partBytes);
            leftBytes -= partBytes;
            skipBytes = 0;
            index++;
            count++;
        }
        return count;
    }

    /**
     * Length of all ranges together.
     *
     * @return bytes
     */
    public long byteSize() {
        return byteSize;
    }
}
