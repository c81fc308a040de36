package org.dray.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.dray.CopyStatus;
import org.dray.spi.CopyContext;

/**
 * What one running copy is using, so that a close can wait for it: a hazard pointer. Costs a compare-and-set and a
 * fence.
 *
 * <p>A copy writes what it uses, fences, then looks whether that is still open. A close marks it closed, fences, then
 * looks who is using it. At least one of the two sees the other. Users are written as numbers: a reference would cost
 * the collector's barrier on every copy.
 */
@SuppressWarnings("UnusedVariable") // fields are read through their VarHandles, the padding not at all
final class CopyCell extends CopyContext {
    private static final VarHandle BUSY;
    private static final VarHandle ENGINE;
    private static final VarHandle SOURCE;
    private static final VarHandle DESTINATION;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BUSY = lookup.findVarHandle(CopyCell.class, "busy", int.class);
            ENGINE = lookup.findVarHandle(CopyCell.class, "engine", long.class);
            SOURCE = lookup.findVarHandle(CopyCell.class, "source", long.class);
            DESTINATION = lookup.findVarHandle(CopyCell.class, "destination", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int busy;
    private long engine;
    private long source;
    private long destination;

    /** Keeps cells of different threads out of one cache line. */
    private long pad0, pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8, pad9;

    CopyCell(int index) {
        super(index);
    }

    boolean tryTake() {
        return busy == 0 && BUSY.compareAndSet(this, 0, 1);
    }

    /**
     * Writes down what is used. Pairs with the fences in Root.close, EngineCore.closeRegions and OwnerDirectory.retire.
     */
    void begin(long engineNumber, Root from, Root to) {
        ENGINE.setOpaque(this, engineNumber);
        SOURCE.setOpaque(this, from.number);
        DESTINATION.setOpaque(this, to.number);
        if (from instanceof PeerRoot peer) {
            peer.claim(index(), 0);
        }
        if (to instanceof PeerRoot peer) {
            peer.claim(index(), 1);
        }
        VarHandle.fullFence();
    }

    /** Everything the copy did happens before whoever sees it gone. */
    void end(Root from, Root to) {
        if (to instanceof PeerRoot peer) {
            peer.unclaim(index(), 1);
        }
        if (from instanceof PeerRoot peer) {
            peer.unclaim(index(), 0);
        }
        ENGINE.setRelease(this, 0L);
        SOURCE.setRelease(this, 0L);
        DESTINATION.setRelease(this, 0L);
        reset();
        BUSY.setRelease(this, 0);
    }

    /** Whether the copy uses an engine or a region, by its {@linkplain Numbers number}. */
    boolean uses(long number) {
        return (long) ENGINE.getVolatile(this) == number
                || (long) SOURCE.getVolatile(this) == number
                || (long) DESTINATION.getVolatile(this) == number;
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
