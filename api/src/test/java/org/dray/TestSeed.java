package org.dray;

import java.util.Random;

/**
 * Where a test's random input comes from. Its text, which every complaint carries, replays it.
 *
 * @param value the seed
 */
public record TestSeed(long value) {
    private static final String PROPERTY = "dray.test.seed";

    /** Another one at every run, unless the property says which. */
    public static TestSeed next() {
        return new TestSeed(Long.getLong(PROPERTY, System.nanoTime()));
    }

    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "replay: -D" + PROPERTY + "=" + value;
    }
}
