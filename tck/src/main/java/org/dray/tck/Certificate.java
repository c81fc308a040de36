package org.dray.tck;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.dray.RouteInfo;

/**
 * The result of one run of the kit, as data.
 *
 * @param testClass the class that ran
 * @param edition which rules
 * @param backend what was examined
 * @param machine where
 * @param run how
 * @param rules every rule of the edition, in order
 */
public record Certificate(
        String testClass, EditionFacts edition, Backend backend, Machine machine, Run run, List<RuleResult> rules) {

    /** Name of the layout in which certificates are written. */
    public static final String SCHEMA = "dray-certificate/1";

    private static final int SLOWEST = 5;

    /**
     * Which rules.
     *
     * @param version of the kit
     * @param rules how many
     * @param ruleSetSha256 fingerprint of their texts
     */
    public record EditionFacts(String version, int rules, String ruleSetSha256) {}

    /**
     * What was examined.
     *
     * @param id the backend
     * @param version of its artifact; empty if unknown
     * @param state what its probe said; empty if there is no such backend
     * @param kind REAL, EMULATED or SIMULATED; empty if unknown
     * @param artifactSha256 of its jar; empty where it is not in one
     * @param capabilities names of what the engine declares, sorted
     * @param routes its routes with their limits
     * @param findings what its probe found, as text
     */
    public record Backend(
            String id,
            String version,
            String state,
            String kind,
            String artifactSha256,
            List<String> capabilities,
            List<RouteInfo> routes,
            List<String> findings) {
        /** Copies the lists. */
        public Backend {
            capabilities = List.copyOf(capabilities);
            routes = List.copyOf(routes);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Where.
     *
     * @param system operating system and kernel
     * @param arch processor architecture
     * @param processors how many the JVM may use
     * @param jdk version of the JVM
     */
    public record Machine(String system, String arch, int processors, String jdk) {}

    /**
     * How.
     *
     * @param startedAt ISO 8601
     * @param seed replays everything random, given as {@code -Ddray.tck.seed}
     * @param factor share of the repetitions of a full run; below 1 the slow rules are NOT_RUN
     * @param durationMillis of the whole run
     */
    public record Run(String startedAt, long seed, double factor, long durationMillis) {
        /**
         * Tells whether less was repeated than in a full run.
         *
         * @return true if the factor is below 1
         */
        public boolean isQuick() {
            return factor < 1;
        }
    }

    /**
     * What became of one rule.
     *
     * @param rule the rule
     * @param outcome what became of it
     * @param reason why, where it is not PASSED; else what was measured, or empty
     * @param tests names of its tests
     * @param durationMillis of its tests together
     */
    public record RuleResult(Rule rule, Outcome outcome, String reason, List<String> tests, long durationMillis) {
        /** Copies the list. */
        public RuleResult {
            tests = List.copyOf(tests);
        }
    }

    /** Copies the list. */
    public Certificate {
        rules = List.copyOf(rules);
    }

    /**
     * What the certificate says in one word.
     *
     * @return the verdict over all MUST rules
     */
    public Verdict verdict() {
        if (count(Level.MUST, Outcome.FAILED) > 0) {
            return Verdict.FAILED;
        }
        return count(Level.MUST, Outcome.NOT_RUN) > 0 ? Verdict.INCOMPLETE : Verdict.CERTIFIED;
    }

    /**
     * Counts rules.
     *
     * @param level of this level
     * @param outcome with this outcome
     * @return how many
     */
    public long count(Level level, Outcome outcome) {
        return rules.stream()
                .filter(it -> it.rule().level() == level && it.outcome() == outcome)
                .count();
    }

    /** The rules that took longest, the slowest first. */
    List<RuleResult> slowest(int most) {
        return rules.stream()
                .filter(it -> it.durationMillis() > 0)
                .sorted(Comparator.comparing(RuleResult::durationMillis).reversed())
                .limit(most)
                .toList();
    }

    /**
     * Where the time went, for people.
     *
     * @return the slowest rules on one line, for example {@code REG-24 12.1 s, COPY-03 801 ms}
     */
    public String slowestRules() {
        return slowest(SLOWEST).stream()
                .map(it -> it.rule().id() + " " + CertificateText.time(it.durationMillis()))
                .collect(Collectors.joining(", "));
    }

    /**
     * The certificate for programs.
     *
     * @return a document of schema {@value #SCHEMA}
     */
    public String toJson() {
        return CertificateJson.of(this);
    }

    /**
     * The verdict for people.
     *
     * @return one line, for example {@code sim: CERTIFIED (SIMULATED), 101 passed, 13 not applicable}
     */
    public String summary() {
        Map<Outcome, Long> counts =
                rules.stream().collect(Collectors.groupingBy(RuleResult::outcome, Collectors.counting()));
        return backend.id + ": " + verdict() + (backend.kind.isEmpty() ? "" : " (" + backend.kind + ")") + ", "
                + Arrays.stream(Outcome.values())
                        .filter(counts::containsKey)
                        .map(it -> counts.get(it) + " "
                                + it.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", "))
                + (run.isQuick() ? "; quick, factor " + run.factor : "");
    }
}
