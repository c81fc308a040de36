package org.dray.tck;

import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** Random input that can be replayed, half of it from a table of lengths at which code tends to break. */
final class Seeded {
    private static final long[] EDGES = {
        1,
        2,
        7,
        8,
        9,
        63,
        64,
        65,
        127,
        128,
        129,
        4095,
        4096,
        4097,
        65535,
        65536,
        65537,
        (1 << 20) - 1,
        1 << 20,
        (1 << 20) + 1
    };

    private final long seed;
    private final SplittableRandom random;

    /** Each rule has its own sequence, so that it does not matter which others ran before. */
    Seeded(long runSeed, Rule rule) {
        this.seed = runSeed * 31 + rule.id().hashCode();
        this.random = new SplittableRandom(seed);
    }

    long seed() {
        return seed;
    }

    SplittableRandom random() {
        return random;
    }

    /** A length of 1 to {@code maxBytes}, a multiple of {@code unitBytes}. */
    long length(long maxBytes, long unitBytes) {
        long length = random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextLong(1, maxBytes + 1);
        return Math.max(unitBytes, Math.min(length, maxBytes) / unitBytes * unitBytes);
    }

    /** An offset of 0 to {@code maxBytes}, a multiple of {@code unitBytes}. */
    long offset(long maxBytes, long unitBytes) {
        long offset =
                random.nextInt(4) == 0 ? Math.min(random.nextLong(0, 9), maxBytes) : random.nextLong(maxBytes + 1);
        return offset / unitBytes * unitBytes;
    }

    /** The shortest length, found by halving, for which something still fails. */
    static long shrink(long failing, long unitBytes, LongPredicate fails) {
        long smallest = failing;
        while (smallest / 2 / unitBytes > 0 && fails.test(smallest / 2 / unitBytes * unitBytes)) {
            smallest = smallest / 2 / unitBytes * unitBytes;
        }
        return smallest;
    }
}
