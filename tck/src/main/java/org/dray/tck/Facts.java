package org.dray.tck;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.dray.BackendReport;
import org.dray.EngineInfo;

/**
 * What the kit found out before the first rule.
 *
 * @param backendId the backend under test
 * @param artifactSha256 of the backend's jar; empty where it is not in one
 * @param report what the backend said about this machine; empty if there is no such backend
 * @param info what its engine declares; empty if it could not be opened
 * @param startedAt when the run began
 * @param seed from which everything random is derived
 * @param factor share of the repetitions that a full run makes
 */
record Facts(
        String backendId,
        Optional<String> artifactSha256,
        Optional<BackendReport> report,
        Optional<EngineInfo> info,
        Instant startedAt,
        long seed,
        double factor) {

    Set<String> features() {
        return info.map(Gate::features).orElse(Set.of());
    }
}
