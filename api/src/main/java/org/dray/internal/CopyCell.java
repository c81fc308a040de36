package org.dray.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.dray.CopyStatus;
import org.dray.spi.CopyContext;
import org.jspecify.annotations.Nullable;

/**
 * What one running copy is using, so that a close can wait for it: a hazard pointer. Costs a compare-and-set and a
 * fence.
 *
 * <p>A copy writes what it uses, fences, then looks whether that is still open. A close marks it closed, fences, then
 * looks who is using it. At least one of the two sees the other.
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
            ENGINE = lookup.findVarHandle(CopyCell.class, "engine", Object.class);
            SOURCE = lookup.findVarHandle(CopyCell.class, "source", Root.class);
            DESTINATION = lookup.findVarHandle(CopyCell.class, "destination", Root.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int busy;
    private @Nullable Object engine;
    private @Nullable Root source;
    private @Nullable Root destination;

    /** Keeps cells of different threads out of one cache line. */
    private long pad0, pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8, pad9;

    CopyCell(int index) {
        super(index);
    }

    boolean tryTake() {
        return busy == 0 && BUSY.compareAndSet(this, 0, 1);
    }

    /** Writes down what is used. Pairs with the fences in Root.close, EngineCore.close and OwnerDirectory.retire. */
    void begin(Object usedEngine, Root from, Root to) {
        ENGINE.setOpaque(this, usedEngine);
        SOURCE.setOpaque(this, from);
        DESTINATION.setOpaque(this, to);
        from.claim(index(), 0);
        to.claim(index(), 1);
        VarHandle.fullFence();
    }

    /** Everything the copy did happens before whoever sees it gone. */
    void end(Root from, Root to) {
        to.unclaim(index(), 1);
        from.unclaim(index(), 0);
        ENGINE.setRelease(this, null);
        SOURCE.setRelease(this, null);
        DESTINATION.setRelease(this, null);
        reset();
        BUSY.setRelease(this, 0);
    }

    boolean uses(Object what) {
        return ENGINE.getVolatile(this) == what
                || SOURCE.getVolatile(this) == what
                || DESTINATION.getVolatile(this) == what;
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
