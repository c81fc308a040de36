package org.dray.backend.knem;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks at the status array now and then: a driver without notifications wakes nobody. */
final class Polling implements Waiting {
    private static final int SPINS = 200;
    private static final long PAUSE_NANOS = 50_000;

    private volatile boolean woken;
    private volatile @Nullable Thread waiter;

    @Override
    public void await(BooleanSupplier isDue, long timeoutNanos) {
        long startNanos = System.nanoTime();
        waiter = Thread.currentThread();
        for (int i = 0;
                !woken && !isDue.getAsBoolean() && !Thread.currentThread().isInterrupted();
                i++) {
            long leftNanos = timeoutNanos - (System.nanoTime() - startNanos);
            if (leftNanos <= 0) {
                break;
            }
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(Math.min(leftNanos, PAUSE_NANOS));
            }
        }
        waiter = null;
        woken = false;
    }

    @Override
    public void wake() {
        woken = true;
        wakeWaiter();
    }

    @Override
    public void wakeWaiter() {
        LockSupport.unpark(waiter);
    }

    @Override
    public void reported(int count) {}

    @Override
    public void close() {}
}
