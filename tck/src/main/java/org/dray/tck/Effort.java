package org.dray.tck;

/**
 * How much a run does.
 *
 * @param seed from which everything random is derived
 * @param factor share of the repetitions of a full run
 */
record Effort(long seed, double factor) {
    static final String SEED = "dray.tck.seed";
    static final String FACTOR = "dray.tck.factor";
    static final String SLOW = "dray.tck.slow";

    static Effort fromSystemProperties() {
        return new Effort(Long.getLong(SEED, System.nanoTime() & 0xffff_ffffL), parseFactor());
    }

    private static double parseFactor() {
        String text = System.getProperty(FACTOR, "1");
        try {
            double factor = Double.parseDouble(text);
            if (factor > 0) {
                return factor;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, together with numbers that make no sense
        }
        throw new IllegalArgumentException("-D" + FACTOR + "=" + text + " is not a number above 0");
    }

    /** The properties that make a run do the same again. */
    String replay() {
        return replay(seed, factor) + (!isFull() && isSlow() ? " -D" + SLOW + "=true" : "");
    }

    /** With another factor, chance would lead elsewhere. */
    static String replay(long seed, double factor) {
        return "-D" + SEED + "=" + seed + (factor == 1 ? "" : " -D" + FACTOR + "=" + factor);
    }

    /** Rounds to make: a share of a full run's, but never fewer than prove anything. */
    int rounds(int full, int least) {
        return (int) Math.max(least, Math.min(Integer.MAX_VALUE, full * factor));
    }

    /** The same for rounds that a slow device makes fewer of. */
    Rounds paced(int full, int least) {
        return new Rounds(rounds(full, least), least);
    }

    boolean isFull() {
        return factor >= 1;
    }

    /** Whether rules that cannot be made shorter are run. */
    boolean isSlow() {
        return isFull() || Boolean.getBoolean(SLOW);
    }
}
