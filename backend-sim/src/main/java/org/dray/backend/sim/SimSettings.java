package org.dray.backend.sim;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The system properties of this backend.
 *
 * @param directory where the spaces are kept; empty to give each engine spaces of its own that end with it
 * @param spaceBytes size of the board's memory, and of the persistent device
 */
record SimSettings(Optional<Path> directory, long spaceBytes) {
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
        Optional<Path> directory =
                Optional.ofNullable(System.getProperty(DIRECTORY)).map(Path::of);
        String bytes = System.getProperty(SPACE_BYTES, Long.toString(DEFAULT_SPACE_BYTES));
        long spaceBytes;
        try {
            spaceBytes = Long.parseLong(bytes);
        } catch (NumberFormatException e) {
            spaceBytes = 0;
        }
        if (spaceBytes < 1) {
            throw new IllegalArgumentException(SPACE_BYTES + "=" + bytes + " is not a number of bytes, at least 1");
        }
        return new SimSettings(directory, spaceBytes);
    }
}
