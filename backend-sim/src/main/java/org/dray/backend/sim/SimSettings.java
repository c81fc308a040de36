package org.dray.backend.sim;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dray.CopyCost;

/**
 * The system properties of this backend.
 *
 * @param personality whose limits it wears
 * @param directory where the spaces are kept; empty to give each engine spaces of its own that end with it
 * @param spaceBytes size of the board's memory, and of the persistent device
 * @param cost how long operations of its queues take
 * @param seed of the order in which its queues take them, where they have none
 * @param virtualTime whether that time passes only when somebody polls or waits
 */
record SimSettings(
        Personality personality,
        Optional<Path> directory,
        long spaceBytes,
        CopyCost cost,
        long seed,
        boolean virtualTime) {
    /** The name of a {@link Personality} in lower case, {@code full} by default. */
    static final String PERSONALITY = "dray.sim.personality";

    /**
     * A directory for the files {@code board0} and {@code dax0.0}: then every process that names the same directory and
     * size has the same board and device, and the device keeps its bytes.
     */
    static final String DIRECTORY = "dray.sim.directory";

    /** The size of each space in bytes, 64 MiB by default. */
    static final String SPACE_BYTES = "dray.sim.spaceBytes";

    /** The time until the end of a queued operation can be seen, on top of that for its bytes; 0 by default. */
    static final String LATENCY_NANOS = "dray.sim.latencyNanos";

    /** The bandwidth of a queue; as good as no limit by default. */
    static final String BYTES_PER_SECOND = "dray.sim.bytesPerSecond";

    /** The seed of whatever is left to chance; 0 by default. */
    static final String SEED = "dray.sim.seed";

    /** {@code true} for virtual time, {@code false} by default. */
    static final String VIRTUAL_TIME = "dray.sim.virtualTime";

    private static final long DEFAULT_SPACE_BYTES = 64L << 20;
    private static final long UNLIMITED = 1_000_000_000_000_000L;

    /** Reads the properties; IllegalArgumentException if one makes no sense. */
    static SimSettings read() {
        Personality personality = personality(System.getProperty(PERSONALITY, Personality.FULL.id()));
        long unitBytes = personality.limits().alignmentBytes();
        long spaceBytes = number(SPACE_BYTES, DEFAULT_SPACE_BYTES, 1);
        if (spaceBytes % unitBytes != 0) {
            throw new IllegalArgumentException(SPACE_BYTES + "=" + spaceBytes + " is not a multiple of " + unitBytes);
        }
        return new SimSettings(
                personality,
                Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of),
                spaceBytes,
                new CopyCost(number(LATENCY_NANOS, 0, 0), number(BYTES_PER_SECOND, UNLIMITED, 1)),
                number(SEED, 0, Long.MIN_VALUE),
                Boolean.getBoolean(VIRTUAL_TIME));
    }

    private static long number(String property, long otherwise, long least) {
        String text = System.getProperty(property, Long.toString(otherwise));
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, together with numbers that are too small.
        }
        throw new IllegalArgumentException(property + "=" + text + " is not a number, at least " + least);
    }

    private static Personality personality(String id) {
        List<Personality> all = Arrays.asList(Personality.values());
        return all.stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PERSONALITY + "=" + id + " is not one of "
                        + all.stream().map(Personality::id).toList()));
    }
}
