package org.dray.internal;

import java.util.Optional;
import org.dray.BackendReport;
import org.dray.spi.BackendProvider;

/**
 * A backend on the path.
 *
 * @param report what it found, or why it was not asked
 * @param provider its entry; empty if it could not even be constructed
 */
record Candidate(BackendReport report, Optional<BackendProvider> provider) {
    String id() {
        return report.backendId();
    }

    boolean isUsable() {
        return provider.isPresent() && report.state().isUsable();
    }
}
