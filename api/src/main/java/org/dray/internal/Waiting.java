package org.dray.internal;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How a close waits for others: it spins for a moment, then sleeps and looks again. */
final class Waiting {
    private static final int SPINS = 100;
    private static final long PARK_NANOS = 20_000;

    private Waiting() {}

    /** Waits until something is done; false if it is not when {@link System#nanoTime} reaches the deadline. */
    static boolean until(BooleanSupplier done, long deadlineNanos) {
        for (int round = 0; !done.getAsBoolean(); round++) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return false;
            }
            pause(round);
        }
        return true;
    }

    static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
