package org.dray.spi;

/**
 * Where the bytes of a region are: ranges in the coordinates of its space, in order. For memory of a process these are
 * whatever the backend's peers need to find it, addresses as a rule; for a device, offsets in its space. Immutable.
 */
public final class Extents {
    private final long[] base;
    private final long[] lengthBytes;
    private final long byteSize;

    private Extents(long[] base, long[] lengthBytes) {
        this.base = base;
        this.lengthBytes = lengthBytes;
        long sum = 0;
        for (long length : lengthBytes) {
            sum = Math.addExact(sum, length);
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
        return new Extents(new long[] {base}, new long[] {lengthBytes});
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
        return new Extents(base.clone(), lengthBytes.clone());
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
     * Length of all ranges together.
     *
     * @return bytes
     */
    public long byteSize() {
        return byteSize;
    }
}
