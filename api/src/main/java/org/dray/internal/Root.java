package org.dray.internal;

import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/**
 * What a region and its slices have in common: memory, access and one life. Open until {@link #close} begins; released
 * when no copy, own or a peer's, uses it any more; in between, if that takes longer than the bound, quarantined.
 */
abstract class Root {
    final long number = Numbers.next();
    final AddressSpace.Kind kind;
    final int kindCode;
    final Access access;
    final boolean isReadable;
    final boolean isWritable;
    final long byteSize;
    final int segmentCount;

    final DrayCore dray;

    /** The engine that this region belongs to, or null for wrapped memory. */
    final @Nullable EngineCore engine;

    /** Extents of two regions can be compared if this is the same object. */
    final Object coordinates;

    private volatile boolean closed;
    private boolean released;

    Root(
            DrayCore dray,
            @Nullable EngineCore engine,
            AddressSpace.Kind kind,
            Object coordinates,
            Access access,
            long byteSize,
            int segmentCount) {
        this.dray = dray;
        this.engine = engine;
        this.kind = kind;
        this.kindCode = RoutePlan.code(kind);
        this.coordinates = coordinates;
        this.access = access;
        this.isReadable = access.isReadable();
        this.isWritable = access.isWritable();
        this.byteSize = byteSize;
        this.segmentCount = segmentCount;
    }

    /** The driver's side of this region. */
    abstract DriverRegion driverRegion(EngineCore user);

    /** Throws what {@link #driverRegion} throws if an engine can never use this region. */
    void requireFitFor(EngineCore user) {}

    /** Lets no other process start a copy any more. */
    void hide() {}

    /** Waits for copies of other processes; false if one goes on. */
    boolean awaitPeers(long deadlineNanos) {
        return true;
    }

    /**
     * Releases everything; called once, when nothing uses the region. Is forgotten by its owner at the very end: an
     * owner that closes at the same time waits for whom it still knows.
     */
    abstract void release();

    final boolean isClosed() {
        return closed;
    }

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the " + kind + " region of " + byteSize + " bytes is closed");
        }
    }

    final void close() {
        close(System.nanoTime() + dray.closeTimeoutNanos());
    }

    /** Synchronized: a second close returns after the first has released, and never releases again. */
    final synchronized void close(long deadlineNanos) {
        if (released) {
            return;
        }
        long startNanos = System.nanoTime();
        // Volatile, as CopyCell.begin reads it after taking a cell: see CopyCell.mayUse.
        closed = true;
        hide();
        if (!dray.cells().awaitUnused(number, deadlineNanos) || !awaitPeers(deadlineNanos)) {
            Quarantine.hold(this);
            throw new CopyException(
                    CopyStatus.BUSY,
                    engine == null ? "dray" : engine.id(),
                    "a copy still uses the " + kind + " region of " + byteSize + " bytes after "
                            + (System.nanoTime() - startNanos) / 1_000_000
                            + " ms; its memory stays held, close again to release it");
        }
        released = true;
        Quarantine.drop(this);
        release();
    }
}
