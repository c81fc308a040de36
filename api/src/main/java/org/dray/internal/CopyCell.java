package org.dray.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.dray.CopyStatus;
import org.dray.spi.CopyContext;
import org.jspecify.annotations.Nullable;

/**
 * What one running copy is using, so that a close can wait for it. Costs a compare-and-set, and a fence if a region is
 * a peer's.
 *
 * <p>A copy takes a cell, then looks whether everything it wants is open, then writes down what it uses. A close marks
 * something closed, then waits for every cell that names it, and for every cell that was taken and names nothing yet.
 * So either the copy sees it closed, or the close sees the copy; and until the copy has seen it open, it touches
 * nothing, not even a claim in a lane that might be somebody else's by then. Users are written as numbers: a reference
 * would cost the collector's barrier on every copy.
 */
@SuppressWarnings("UnusedVariable") // fields are read through their VarHandles, the padding not at all
final class CopyCell extends CopyContext {
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int IN_USE = 2;

    private static final VarHandle STATE;
    private static final VarHandle ENGINE;
    private static final VarHandle SOURCE;
    private static final VarHandle DESTINATION;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(CopyCell.class, "state", int.class);
            ENGINE = lookup.findVarHandle(CopyCell.class, "engine", long.class);
            SOURCE = lookup.findVarHandle(CopyCell.class, "source", long.class);
            DESTINATION = lookup.findVarHandle(CopyCell.class, "destination", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state;

    /** The operation that this cell belongs to, if it can be cancelled. Read and written by the copying thread. */
    private @Nullable Operation operation;

    private long engine;
    private long source;
    private long destination;

    /** Keeps cells of different threads out of one cache line. */
    private long pad0, pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8, pad9;

    CopyCell(int index) {
        super(index);
    }

    boolean tryTake() {
        return state == FREE && STATE.compareAndSet(this, FREE, TAKEN);
    }

    /** Looks whether all is open, and from then on keeps it so. Pairs with {@link #mayUse}. */
    void begin(EngineCore usedEngine, Root from, Root to) {
        usedEngine.requireOpen();
        from.requireOpen();
        to.requireOpen();
        ENGINE.setRelease(this, usedEngine.number());
        SOURCE.setRelease(this, from.number);
        DESTINATION.setRelease(this, to.number);
        STATE.setRelease(this, IN_USE);
    }

    /** Tells the owners of regions of other processes, who look for it after they have closed a slot. */
    void claim(Root from, Root to) {
        if (from instanceof PeerRoot peer) {
            peer.claim(index(), 0);
        }
        if (to instanceof PeerRoot peer) {
            peer.claim(index(), 1);
        }
    }

    /** Everything the copy did happens before the owner sees the claims gone. */
    void unclaim(Root from, Root to) {
        if (to instanceof PeerRoot peer) {
            peer.unclaim(index(), 1);
        }
        if (from instanceof PeerRoot peer) {
            peer.unclaim(index(), 0);
        }
    }

    /** Everything the copy did happens before whoever sees the cell free. */
    void end() {
        if (hasFailed()) {
            reset();
        }
        STATE.setRelease(this, FREE);
    }

    /**
     * Whether a copy uses an engine or a region, by its {@linkplain Numbers number}, or may still come to use it. Asked
     * after that was marked closed: a cell that is taken later sees the mark.
     */
    boolean mayUse(long number) {
        int now = state;
        return now == TAKEN
                || (now == IN_USE
                        && ((long) ENGINE.getAcquire(this) == number
                                || (long) SOURCE.getAcquire(this) == number
                                || (long) DESTINATION.getAcquire(this) == number));
    }

    void belongTo(@Nullable Operation operation) {
        this.operation = operation;
    }

    boolean isCancelled() {
        return operation != null && operation.cancelRequested;
    }

    boolean hasFailed() {
        return status() != CopyStatus.OK;
    }

    CopyStatus failure() {
        return status() == CopyStatus.OK ? CopyStatus.IO_ERROR : status();
    }

    int failureErrno() {
        return errno();
    }

    String failureDetail() {
        return status() == CopyStatus.OK ? "the driver stopped short and gave no reason" : detail();
    }
}
