package org.dray.tck;

import org.dray.MemoryRegion;

/** One copy as the kit asked for it. Each thread uses one object again and again, because rules count garbage. */
final class Copy {
    private static final ThreadLocal<Copy> CURRENT = ThreadLocal.withInitial(Copy::new);

    private SurfaceEngine engine;
    private MemoryRegion source;
    private MemoryRegion destination;
    private long sourceOffset;
    private long destinationOffset;
    private long lengthBytes;

    private Copy() {}

    static Copy of(
            SurfaceEngine engine,
            MemoryRegion source,
            long sourceOffset,
            MemoryRegion destination,
            long destinationOffset,
            long lengthBytes) {
        return CURRENT.get().set(engine, source, sourceOffset, destination, destinationOffset, lengthBytes);
    }

    private Copy set(
            SurfaceEngine itsEngine,
            MemoryRegion itsSource,
            long itsSourceOffset,
            MemoryRegion itsDestination,
            long itsDestinationOffset,
            long itsLengthBytes) {
        engine = itsEngine;
        source = itsSource;
        sourceOffset = itsSourceOffset;
        destination = itsDestination;
        destinationOffset = itsDestinationOffset;
        lengthBytes = itsLengthBytes;
        return this;
    }

    /** The same copy in an object of its own. */
    Copy kept() {
        return new Copy().set(engine, source, sourceOffset, destination, destinationOffset, lengthBytes);
    }

    SurfaceEngine engine() {
        return engine;
    }

    MemoryRegion source() {
        return source;
    }

    MemoryRegion destination() {
        return destination;
    }

    long sourceOffset() {
        return sourceOffset;
    }

    long destinationOffset() {
        return destinationOffset;
    }

    long lengthBytes() {
        return lengthBytes;
    }

    void run() {
        run(lengthBytes);
    }

    void run(long otherLengthBytes) {
        engine.genuine().copy(source, sourceOffset, destination, destinationOffset, otherLengthBytes);
    }

    /** Mappings live as long as whatever refers to them. */
    void forget() {
        engine = null;
        source = null;
        destination = null;
    }
}
