package org.dray.spi;

import org.dray.BackendReport;

/**
 * Entry of a backend, found by {@link java.util.ServiceLoader}. Name the class in {@code module-info} and in
 * {@code META-INF/services}. Constructing it is free: no native library is loaded, no device touched.
 *
 * <p><b>Threads.</b> Any thread; {@link #probe} also from several at once.
 */
public interface BackendProvider {

    /**
     * The stable name of the backend.
     *
     * @return 1 to 16 characters {@code a-z 0-9 -}
     */
    String id();

    /**
     * The version of the backend's own artifact.
     *
     * @return for example {@code 0.1.0}
     */
    String version();

    /**
     * The version of this interface that the backend was compiled against: return {@link SpiVersion#CURRENT}. The
     * constant is inlined by the compiler on purpose.
     *
     * @return major in the upper 16 bits, minor in the lower
     */
    int spiVersion();

    /**
     * Finds out whether the backend works here. Cheap (within two seconds), repeatable, without side effects: nothing
     * stays open, nothing is written but memory of its own.
     *
     * @return what was found; never throws
     */
    BackendReport probe();

    /**
     * Opens the engine of this backend. Called only after a usable {@link #probe}.
     *
     * @param context what the core offers
     * @return the driver
     * @throws BackendException if the system refused
     */
    CopyDriver open(DriverContext context) throws BackendException;
}
