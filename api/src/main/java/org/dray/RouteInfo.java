package org.dray;

import java.util.Objects;
import java.util.Set;

/**
 * The limits and promises of one route of one engine, as data.
 *
 * @param route which route
 * @param maxTransferBytes the most that the backend moves in one step; longer copies are split above it, which is
 *     labelled {@link Emulation#SPLITTING}
 * @param alignmentBytes offsets and lengths are multiples of this power of two, else the copy is refused
 * @param maxSegments the most segments that a region on either side may have
 * @param overlap what happens when source and destination overlap inside one space
 * @param partialReporting whether a copy that stopped half-way knows exactly how far it came
 * @param emulated what Dray does in software because the backend cannot
 * @param cost the expected price of a copy, for choosing between engines
 */
public record RouteInfo(
        Route route,
        long maxTransferBytes,
        long alignmentBytes,
        int maxSegments,
        Overlap overlap,
        PartialReporting partialReporting,
        Set<Emulation> emulated,
        CopyCost cost) {

    /** What happens to a copy whose ranges overlap inside one space. */
    public enum Overlap {
        /** Refused with {@link IllegalArgumentException}; no byte changes. */
        REJECT,
        /**
         * As if copied through a temporary buffer. A copy that is longer than the backend moves in one step goes from
         * its end where it has to, and cannot say how far it came if it fails. Two regions that list the segments they
         * share in different orders are beyond that: such a copy is as if through a temporary only within each step.
         */
        MEMMOVE
    }

    /** What a failed copy can say about its length. */
    public enum PartialReporting {
        /**
         * {@link CopyException#bytesDone} is the exact length of the prefix that was copied; nothing after it changed.
         */
        EXACT,
        /** It is unknown how much was copied: {@link CopyException#bytesDone} is empty. */
        NONE
    }

    /** What the core adds in software. */
    public enum Emulation {
        /** Copies above {@link #maxTransferBytes} are split. */
        SPLITTING,
        /** The order of operations that a {@link CopyChannel} was asked for is kept by waiting. */
        FENCE,
        /**
         * Channels copy on the executor that was given to Dray, because the backend only copies while a thread waits.
         */
        QUEUE
    }

    /** Checks the components. */
    public RouteInfo {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(partialReporting, "partialReporting");
        Objects.requireNonNull(cost, "cost");
        emulated = Set.copyOf(emulated);
        if (maxTransferBytes < 1) {
            throw new IllegalArgumentException("maxTransferBytes " + maxTransferBytes + " is below 1");
        }
        if (alignmentBytes < 1 || Long.bitCount(alignmentBytes) != 1) {
            throw new IllegalArgumentException("alignmentBytes " + alignmentBytes + " is not a power of two");
        }
        if (maxSegments < 1) {
            throw new IllegalArgumentException("maxSegments " + maxSegments + " is below 1");
        }
    }
}
