package org.dray;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A choice between backends, with the reason for each: a pure function of its inputs, the same on every run.
 *
 * @param candidates every backend that was considered, in order of preference; those that cannot serve come last
 */
public record Selection(List<Candidate> candidates) {

    /**
     * One backend that was considered.
     *
     * @param backendId the backend
     * @param chosen true for the one that won
     * @param reason why it won or lost, in words
     * @param findings details, with remedies
     */
    public record Candidate(String backendId, boolean chosen, String reason, List<Finding> findings) {
        /** Checks the components. */
        public Candidate {
            Objects.requireNonNull(backendId, "backendId");
            Objects.requireNonNull(reason, "reason");
            findings = List.copyOf(findings);
        }

        @Override
        public String toString() {
            return (chosen ? "* " : "  ") + backendId + ": " + reason
                    + findings.stream().map(f -> "\n      " + f).collect(Collectors.joining());
        }
    }

    /** Copies the list. */
    public Selection {
        candidates = List.copyOf(candidates);
    }

    /**
     * The backend that won.
     *
     * @return the candidate, or empty if none can serve
     */
    public Optional<Candidate> chosen() {
        return candidates.stream().filter(Candidate::chosen).findFirst();
    }

    /**
     * The choice as text for people, a line for each candidate; the chosen one is marked.
     *
     * @return lines separated by {@code \n}, without a final one
     */
    @Override
    public String toString() {
        return candidates.isEmpty()
                ? "no backend on the class path or module path"
                : candidates.stream().map(Candidate::toString).collect(Collectors.joining("\n"));
    }
}
