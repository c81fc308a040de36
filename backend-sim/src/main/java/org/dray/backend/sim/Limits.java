package org.dray.backend.sim;

import org.dray.RouteInfo.Overlap;
import org.dray.RouteInfo.PartialReporting;

/**
 * What a device asks of every copy.
 *
 * @param maxTransferBytes the most that one request moves
 * @param alignmentBytes offsets and lengths are multiples of it
 * @param maxSegments of a region on either side
 * @param overlap what becomes of ranges that overlap; MEMMOVE only where one window holds a whole request
 * @param partialReporting whether a copy that stopped knows how far it came
 * @param queueDepth operations that one queue has under way; 0 if a copy occupies its caller
 * @param inOrder whether a queue takes the oldest operation first
 */
record Limits(
        long maxTransferBytes,
        long alignmentBytes,
        int maxSegments,
        Overlap overlap,
        PartialReporting partialReporting,
        int queueDepth,
        boolean inOrder) {}
