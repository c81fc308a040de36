package org.dray.backend.sim;

import java.util.concurrent.locks.LockSupport;

/** One step of waiting for another process, which cannot wake this one: spin, then yield, then park ever longer. */
final class Backoff {
    private static final long SPIN_NANOS = 20_000;
    private static final long YIELD_NANOS = 1_000_000;
    private static final long MAX_PARK_NANOS = 1_000_000;
    private static final int PARK_FRACTION = 16;

    private Backoff() {}

    /** Waits a little. An interrupted thread would not park: the flag is put aside meanwhile, and kept. */
    @SuppressWarnings("ThreadPriorityCheck") // on one processor, the process waited for runs only if this one lets it
    static void idle(long waitedNanos) {
        if (waitedNanos < SPIN_NANOS) {
            Thread.onSpinWait();
        } else if (waitedNanos < YIELD_NANOS) {
            Thread.yield();
        } else {
            boolean interrupted = Thread.interrupted();
            LockSupport.parkNanos(Math.min(waitedNanos / PARK_FRACTION, MAX_PARK_NANOS));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
