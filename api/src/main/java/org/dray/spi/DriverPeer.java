package org.dray.spi;

import java.util.List;
import org.dray.CopyStatus;
import org.dray.Finding;

/** A driver's connection to one other process. The core closes it when the last region of that process is closed. */
public interface DriverPeer extends AutoCloseable {

    /**
     * Makes a published region usable for copies.
     *
     * @param published what the owner has published
     * @return the region
     * @throws BackendException if the system refused
     */
    DriverRegion attach(PublishedRegion published) throws BackendException;

    /**
     * Looks for causes of a failure with this peer. Called after a failure; may be slow.
     *
     * @param status how it failed
     * @param errno the system's error number, or 0
     * @return causes with remedies
     */
    default List<Finding> diagnose(CopyStatus status, int errno) {
        return List.of();
    }

    /** Releases the connection. */
    @Override
    default void close() {}
}
