package org.dray.tck;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that others do. */
final class Patience {
    private static final int SPINS = 1000;
    private static final Duration LONGEST_SPIN = Duration.ofSeconds(15);
    private static final Duration AFTER_COLLECTION = Duration.ofMillis(50);
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private Patience() {}

    /** Looks again and again until the condition holds or the time is over; tells which. */
    static boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        long pauseNanos = 20_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
        }
        return true;
    }

    /** Waits for another thread that is about to act; gives up, with an error, when it does not. */
    static void spinUntil(BooleanSupplier condition) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else if (!until(LONGEST_SPIN, condition)) {
                throw new AssertionError("another thread has not answered within " + LONGEST_SPIN);
            }
        }
    }

    /** Collects garbage until the condition holds or the time is over; tells which. */
    static boolean collectingUntil(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() - deadline < 0) {
            System.gc();
            // What is found unreachable is cleaned by another thread.
            holds = until(AFTER_COLLECTION, condition);
        }
        return holds;
    }
}
