package org.dray.backend.sim;

import java.util.concurrent.atomic.AtomicLong;

/** The time of an engine's queues: the machine's, or one that passes only when somebody polls or waits. */
final class SimClock {
    private final boolean virtual;
    private final AtomicLong nowNanos = new AtomicLong();

    SimClock(boolean virtual) {
        this.virtual = virtual;
    }

    boolean isVirtual() {
        return virtual;
    }

    long nowNanos() {
        return virtual ? nowNanos.get() : System.nanoTime();
    }

    /** Virtual time only. */
    void pass(long nanos) {
        nowNanos.addAndGet(nanos);
    }

    /** To a moment, or as far as somebody waits at the most. Virtual time only. */
    void leap(long momentNanos, long mostNanos) {
        long now = nowNanos.get();
        long latest = mostNanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + mostNanos;
        long target = Math.min(momentNanos, latest);
        if (target != Long.MAX_VALUE) {
            nowNanos.accumulateAndGet(target, Math::max);
        }
    }
}
