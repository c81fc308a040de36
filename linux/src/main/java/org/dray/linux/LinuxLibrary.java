package org.dray.linux;

import java.util.Optional;

/**
 * Whether this JVM has the native library, and if not, why not. Nothing here throws out of a static initialiser: being
 * unavailable is data, decided once, when the first class of this package is used.
 */
public final class LinuxLibrary {
    /**
     * System property {@value}: the file to load. Nothing else is tried then: the operator decided. For distributions
     * that install {@code libdray.so} themselves.
     */
    public static final String PATH_PROPERTY = "dray.native.path";

    /**
     * System property {@value}: the directory into which the library is unpacked for the moment of loading, instead of
     * {@code java.io.tmpdir}, {@code $XDG_RUNTIME_DIR} and {@code ~/.cache/dray}, of which the first that works is
     * taken.
     */
    public static final String DIRECTORY_PROPERTY = "dray.native.dir";

    private LinuxLibrary() {}

    /**
     * Whether the calls of this package work.
     *
     * @return true once the library is loaded
     */
    public static boolean isAvailable() {
        return Native.UNAVAILABLE == null;
    }

    /**
     * Why the library could not be loaded: the first cause, with every place that was tried as a suppressed exception.
     *
     * @return empty when it is available
     */
    public static Optional<Throwable> unavailabilityCause() {
        return Optional.ofNullable(Native.UNAVAILABLE);
    }

    /**
     * Fails early where the library is missing.
     *
     * @throws UnsatisfiedLinkError if it is, with {@link #unavailabilityCause} as its cause
     */
    public static void ensureAvailable() {
        Throwable cause = Native.UNAVAILABLE;
        if (cause != null) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("libdray.so is not available: " + cause.getMessage());
            error.initCause(cause);
            throw error;
        }
    }
}
