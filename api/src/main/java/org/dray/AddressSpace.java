package org.dray;

import java.util.Objects;

/**
 * A place where bytes live, as one engine sees it.
 *
 * @param engineId the engine that reaches this space
 * @param name unique within the engine, for example {@code local}, {@code board0} or {@code dax0.0}
 * @param kind what sort of place this is
 * @param byteSize number of bytes in the space; {@link Long#MAX_VALUE} where the engine cannot know (another process)
 * @param alignmentBytes a region of this space starts at, and is as long as, a multiple of this power of two
 */
public record AddressSpace(String engineId, String name, Kind kind, long byteSize, long alignmentBytes) {

    /** The sorts of places a region can lie in. */
    public enum Kind {
        /** The memory of this process. */
        LOCAL,
        /** The memory of another process that handed over a token. */
        PEER,
        /** The memory of one board. Offset 0 is an ordinary address. */
        DEVICE,
        /** One persistent-memory device. Bytes are durable after {@link MemoryRegion#flush}. */
        PERSISTENT
    }

    /** Checks the components. */
    public AddressSpace {
        Objects.requireNonNull(engineId, "engineId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        if (byteSize < 0) {
            throw new IllegalArgumentException("byteSize " + byteSize + " is negative");
        }
        if (alignmentBytes < 1 || Long.bitCount(alignmentBytes) != 1) {
            throw new IllegalArgumentException("alignmentBytes " + alignmentBytes + " is not a power of two");
        }
    }
}
