package org.dray;

/**
 * The expected price of a copy as a straight line: a fixed part, and a part for every byte.
 *
 * @param fixedNanos nanoseconds for any copy, however short
 * @param bytesPerSecond bandwidth of a long copy
 */
public record CopyCost(long fixedNanos, long bytesPerSecond) {

    /** Checks the components. */
    public CopyCost {
        if (fixedNanos < 0 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("a cost needs fixedNanos >= 0 and bytesPerSecond >= 1, not " + fixedNanos
                    + " and " + bytesPerSecond);
        }
    }

    /**
     * Estimates the duration of a copy.
     *
     * @param lengthBytes length of the copy in bytes, 0 or more
     * @return nanoseconds
     */
    public double estimateNanos(long lengthBytes) {
        return fixedNanos + lengthBytes * 1e9 / bytesPerSecond;
    }
}
