package org.dray.tck;

import java.util.stream.LongStream;
import org.dray.AddressSpace;
import org.dray.EngineInfo;
import org.dray.RouteInfo;

/** Offsets and lengths that an engine takes. All alignments are powers of two, so the largest one serves everywhere. */
final class Units {
    /** A page of the usual size: rules look around its ends, because that is where offsets break. */
    static final int PAGE_BYTES = 4096;

    private Units() {}

    static long of(EngineInfo info) {
        return LongStream.concat(
                        info.routes().stream().mapToLong(RouteInfo::alignmentBytes),
                        info.spaces().stream().mapToLong(AddressSpace::alignmentBytes))
                .max()
                .orElse(1);
    }

    /** The smallest multiple of a unit that is not below a number. */
    static long whole(long bytes, long unitBytes) {
        return (bytes + unitBytes - 1) / unitBytes * unitBytes;
    }
}
