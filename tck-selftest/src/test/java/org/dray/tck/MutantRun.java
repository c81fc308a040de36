package org.dray.tck;

import static org.junit.platform.engine.FilterResult.includedIf;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of the kit over one mutant, with few repetitions. The short form runs the groups of the rules that the mutant
 * breaks; with {@code -Ddray.selftest.whole=true} it is the whole kit.
 */
record MutantRun(Mutant mutant, Certificate certificate, long durationMillis) {
    private static final String QUICK = "0.01";
    private static final Set<Rule> MEASURED =
            EnumSet.of(Rule.JVM_05, Rule.PERF_03, Rule.PERF_04, Rule.PERF_05, Rule.PERF_06);
    private static final boolean WHOLE = Boolean.getBoolean("dray.selftest.whole");

    static MutantRun of(Mutant mutant, boolean slow) {
        System.setProperty(Mutant.PROPERTY, mutant.name());
        System.setProperty(Effort.FACTOR, QUICK);
        System.setProperty(Effort.SLOW, Boolean.toString(slow));
        long start = System.nanoTime();
        try {
            Path directory = Path.of("target", "mutants", mutant.name());
            Certificate certificate = Certification.run(
                            HarnessTck.class,
                            directory,
                            new PrintWriter(Writer.nullWriter()),
                            it -> includedIf(!it.isTest() || isOfInterest(it.getDisplayName(), mutant)))
                    .certificate();
            return new MutantRun(mutant, certificate, (System.nanoTime() - start) / 1_000_000);
        } finally {
            System.clearProperty(Mutant.PROPERTY);
            System.clearProperty(Effort.FACTOR);
            System.clearProperty(Effort.SLOW);
            Defect.cleanUp();
        }
    }

    /** Tests are told by their names, which begin with the rule's id. */
    private static boolean isOfInterest(String test, Mutant mutant) {
        return WHOLE
                || mutant.broken().isEmpty()
                || mutant.broken().stream()
                        .anyMatch(it -> test.startsWith(it.group().toLowerCase(Locale.ROOT)));
    }

    /** The rules with an outcome, of those that were run, and without those that measure how busy this machine is. */
    Set<Rule> with(Outcome outcome) {
        return certificate.rules().stream()
                .filter(it -> it.outcome() == outcome && !MEASURED.contains(it.rule()))
                .filter(it -> isOfInterest(it.rule().id().replace("-", "").toLowerCase(Locale.ROOT), mutant))
                .map(Certificate.RuleResult::rule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    String reason(Rule rule) {
        return certificate.rules().stream()
                .filter(it -> it.rule() == rule)
                .map(Certificate.RuleResult::reason)
                .findFirst()
                .orElseThrow();
    }
}
