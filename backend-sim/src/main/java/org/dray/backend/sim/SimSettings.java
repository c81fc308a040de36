package org.dray.backend.sim;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The system properties of this backend.
 *
 * @param personality whose limits it wears
 * @param directory where the spaces are kept; empty to give each engine spaces of its own that end with it
 * @param spaceBytes size of the board's memory, and of the persistent device
 */
record SimSettings(Personality personality, Optional<Path> directory, long spaceBytes) {
    /** The name of a {@link Personality} in lower case, {@code full} by default. */
    static final String PERSONALITY = "dray.sim.personality";

    /**
     * A directory for the files {@code board0} and {@code dax0.0}: then every process that names the same directory and
     * size has the same board and device, and the device keeps its bytes.
     */
    static final String DIRECTORY = "dray.sim.directory";

    /** The size of each space in bytes, 64 MiB by default. */
    static final String SPACE_BYTES = "dray.sim.spaceBytes";

    private static final long DEFAULT_SPACE_BYTES = 64L << 20;

    /** Reads the properties; IllegalArgumentException if one makes no sense. */
    static SimSettings read() {
        Personality personality = personality(System.getProperty(PERSONALITY, Personality.FULL.id()));
        Optional<Path> directory =
                Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of);
        String bytes = System.getProperty(SPACE_BYTES, Long.toString(DEFAULT_SPACE_BYTES));
        long unitBytes = personality.limits().alignmentBytes();
        long spaceBytes;
        try {
            spaceBytes = Long.parseLong(bytes);
        } catch (NumberFormatException e) {
            spaceBytes = 0;
        }
        if (spaceBytes < 1 || spaceBytes % unitBytes != 0) {
            throw new IllegalArgumentException(
                    SPACE_BYTES + "=" + bytes + " is not a number of bytes, at least 1 and a multiple of " + unitBytes);
        }
        return new SimSettings(personality, directory, spaceBytes);
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
