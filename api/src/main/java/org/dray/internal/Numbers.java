package org.dray.internal;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers for engines and regions, never 0 and never used again in this process. */
final class Numbers {
    private static final AtomicLong LAST = new AtomicLong();

    private Numbers() {}

    static long next() {
        return LAST.incrementAndGet();
    }
}
