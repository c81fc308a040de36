package org.dray.cli.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dray.tck.Outcome;
import org.dray.tck.Verdict;

/**
 * One certificate, as its file says. Certificates of other versions of the kit have other rules, so nothing here knows
 * any rule by name.
 *
 * @param file where it was read
 * @param backend what was examined
 * @param version of the backend
 * @param kind REAL, EMULATED or SIMULATED; UNKNOWN where there was no such backend
 * @param verdict the certificate in one word
 * @param machine kernel and architecture
 * @param jdk version of the JVM
 * @param seed replays the run
 * @param factor share of the repetitions of a full run
 * @param ruleSet fingerprint of the rules' texts
 * @param testClass the class that ran
 * @param rules every rule of that edition
 */
public record CertificateFile(
        Path file,
        String backend,
        String version,
        String kind,
        Verdict verdict,
        String machine,
        String jdk,
        long seed,
        double factor,
        String ruleSet,
        String testClass,
        List<RuleRow> rules) {

    /** Copies the list. */
    public CertificateFile {
        rules = List.copyOf(rules);
    }

    /**
     * Tells whether less was repeated than in a full run.
     *
     * @return true if the factor is below 1
     */
    public boolean isQuick() {
        return factor < 1;
    }

    /** The test class without its package and what every such class is called. */
    String place() {
        return testClass.substring(testClass.lastIndexOf('.') + 1).replaceFirst("(Tck)?(Test)?$", "");
    }

    /**
     * Counts rules of any level.
     *
     * @param outcome with this outcome
     * @return how many
     */
    public long count(Outcome outcome) {
        return rules.stream().filter(it -> it.outcome() == outcome).count();
    }

    Optional<RuleRow> rule(String id) {
        return rules.stream().filter(it -> it.id().equals(id)).findFirst();
    }
}
