package org.dray.tck.faults;

import java.util.Optional;
import org.dray.AddressSpace.Kind;

/**
 * Which operations a fault happens to; immutable. An operation is what the core asks of a driver: a copy that is longer
 * than a route's step is several.
 *
 * @param first number of the first one, counted from 1 over all operations of a driver
 * @param last number of the last one
 * @param source where its bytes come from; empty for anywhere
 * @param destination where they go; empty for anywhere
 * @param minLengthBytes the shortest
 * @param maxLengthBytes the longest
 */
public record Operations(
        long first,
        long last,
        Optional<Kind> source,
        Optional<Kind> destination,
        long minLengthBytes,
        long maxLengthBytes) {

    /** Checks the components. */
    public Operations {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("operations " + first + " to " + last + ": they count from 1");
        }
        if (minLengthBytes > maxLengthBytes) {
            throw new IllegalArgumentException(minLengthBytes + " to " + maxLengthBytes + " bytes is no length");
        }
    }

    /**
     * All of them.
     *
     * @return the operations
     */
    public static Operations all() {
        return new Operations(1, Long.MAX_VALUE, Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE);
    }

    /**
     * One of them.
     *
     * @param number counted from 1
     * @return the operation
     */
    public static Operations number(long number) {
        return numbers(number, number);
    }

    /**
     * Several that follow each other.
     *
     * @param first number of the first, counted from 1
     * @param last number of the last
     * @return the operations
     */
    public static Operations numbers(long first, long last) {
        return new Operations(first, last, Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE);
    }

    /**
     * Those of these that take one route.
     *
     * @param from where bytes come from
     * @param to where they go
     * @return the operations
     */
    public Operations between(Kind from, Kind to) {
        return new Operations(first, last, Optional.of(from), Optional.of(to), minLengthBytes, maxLengthBytes);
    }

    /**
     * Those of these that have a certain length.
     *
     * @param minBytes the shortest
     * @param maxBytes the longest
     * @return the operations
     */
    public Operations ofLength(long minBytes, long maxBytes) {
        return new Operations(first, last, source, destination, minBytes, maxBytes);
    }

    boolean contain(long number, Kind from, Kind to, long lengthBytes) {
        return number >= first
                && number <= last
                && lengthBytes >= minLengthBytes
                && lengthBytes <= maxLengthBytes
                && (source.isEmpty() || source.get() == from)
                && (destination.isEmpty() || destination.get() == to);
    }
}
