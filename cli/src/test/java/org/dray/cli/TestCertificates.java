package org.dray.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.dray.tck.Certificate;
import org.dray.tck.Certificate.Backend;
import org.dray.tck.Certificate.EditionFacts;
import org.dray.tck.Certificate.Machine;
import org.dray.tck.Certificate.RuleResult;
import org.dray.tck.Outcome;
import org.dray.tck.Rule;

/** Certificates without a run of the kit. */
final class TestCertificates {
    static final Rule FIRST = Rule.values()[0];

    private TestCertificates() {}

    /** One in which the first rule ends as given and every other one passes. */
    static Certificate of(String backend, String kind, Outcome first, String reason) {
        return of(
                backend,
                kind,
                rule -> rule == FIRST
                        ? new RuleResult(rule, first, reason, List.of("test"), 12_345)
                        : new RuleResult(rule, Outcome.PASSED, "", List.of("test"), 1));
    }

    private static Certificate of(String backend, String kind, Function<Rule, RuleResult> result) {
        List<RuleResult> results = Arrays.stream(Rule.values()).map(result).toList();
        return new Certificate(
                "org.example.TestTckTest",
                new EditionFacts("1", results.size(), "00"),
                new Backend(backend, "1", "AVAILABLE", kind, "", List.of(), List.of(), List.of()),
                new Machine("Linux", "amd64", 1, "17"),
                new Certificate.Run("2026-01-01T00:00:00Z", 4711, 1, 1),
                results);
    }

    /** The same as a file. */
    static Path write(Path file, String backend, String kind, Outcome first, String reason) throws IOException {
        return Files.writeString(file, of(backend, kind, first, reason).toJson());
    }

    /** A file in which every rule ends alike. */
    static Path writeAll(Path file, Outcome outcome, String reason) throws IOException {
        return Files.writeString(
                file,
                of("cma", "REAL", rule -> new RuleResult(rule, outcome, reason, List.of("test"), 0))
                        .toJson());
    }
}
