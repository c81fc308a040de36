package org.dray;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a backend found out about this machine, as data: nothing was opened, nothing was changed.
 *
 * @param backendId the backend, for example {@code cma}
 * @param backendVersion version of the backend's own artifact
 * @param state whether the backend can be used here
 * @param machineKind what stands behind the backend on this machine
 * @param findings what was checked and found wanting or worth knowing; never empty unless AVAILABLE
 */
public record BackendReport(
        String backendId, String backendVersion, State state, MachineKind machineKind, List<Finding> findings) {

    /** Whether a backend can be used here. */
    public enum State {
        /** Usable, and shown to work by a test that moved data. */
        AVAILABLE,
        /** Usable, but a capability is missing, or unproven on this machine. */
        DEGRADED,
        /** What the backend needs is not on this machine. */
        UNAVAILABLE,
        /** It is there, but this process may not use it: by permission, or by the caller's own deny list. */
        DENIED;

        /**
         * Tells whether an engine of a backend in this state can be opened.
         *
         * @return true for AVAILABLE and DEGRADED
         */
        public boolean isUsable() {
            return this == AVAILABLE || this == DEGRADED;
        }
    }

    /** Checks the components: a backend that is not AVAILABLE says why. */
    public BackendReport {
        Objects.requireNonNull(backendId, "backendId");
        Objects.requireNonNull(backendVersion, "backendVersion");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(machineKind, "machineKind");
        findings = List.copyOf(findings);
        if (state != State.AVAILABLE && findings.isEmpty()) {
            throw new IllegalArgumentException(
                    "backend " + backendId + " is " + state + " and gives no finding that says why");
        }
    }

    /**
     * The report as text for people: one line for the state, one for each finding.
     *
     * @return lines separated by {@code \n}, without a final one
     */
    @Override
    public String toString() {
        String head = backendId + " " + backendVersion + ": " + state
                + (machineKind == MachineKind.REAL || machineKind == MachineKind.UNKNOWN
                        ? ""
                        : " (" + machineKind + ")");
        return findings.isEmpty()
                ? head
                : head + findings.stream().map(f -> "\n  - " + f).collect(Collectors.joining());
    }
}
