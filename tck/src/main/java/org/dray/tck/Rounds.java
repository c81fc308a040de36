package org.dray.tck;

import java.util.concurrent.TimeUnit;

/**
 * Rounds of a rule that are cheap on most devices. On one that is slow they end after two seconds, but not before there
 * were enough to prove something. Used by one thread.
 */
final class Rounds {
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int full;
    private final int least;
    private final long startNanos = System.nanoTime();
    private int begun;

    Rounds(int full, int least) {
        this.full = full;
        this.least = least;
    }

    /** Begins another round, if there is to be one. */
    boolean next() {
        boolean goesOn = begun < least || (begun < full && System.nanoTime() - startNanos < ENOUGH_NANOS);
        begun += goesOn ? 1 : 0;
        return goesOn;
    }

    /** The current round, from 1 on; after the last one, how many there were. */
    int number() {
        return begun;
    }
}
