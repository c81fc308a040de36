package org.dray.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.dray.BackendReport;
import org.dray.EngineInfo;
import org.dray.Finding;

/** Puts certificates together. */
final class Certificates {
    private Certificates() {}

    static Certificate of(String testClass, Assessment assessment, Optional<Facts> known) {
        Facts facts = known.orElseGet(
                () -> new Facts("unknown", Optional.empty(), Optional.empty(), Optional.empty(), Instant.now(), 0, 0));
        return new Certificate(
                testClass,
                new Certificate.EditionFacts(Edition.version(), Rule.values().length, Edition.ruleSetSha256()),
                backend(facts),
                new Certificate.Machine(
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().toString()),
                new Certificate.Run(
                        facts.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                        facts.seed(),
                        facts.factor(),
                        Duration.between(facts.startedAt(), Instant.now()).toMillis()),
                assessment.results(facts));
    }

    private static Certificate.Backend backend(Facts facts) {
        Optional<BackendReport> report = facts.report();
        return new Certificate.Backend(
                facts.backendId(),
                report.map(BackendReport::backendVersion).orElse(""),
                report.map(it -> it.state().name()).orElse(""),
                report.map(it -> it.machineKind().name()).orElse(""),
                facts.artifactSha256().orElse(""),
                facts.info().map(Certificates::capabilities).orElse(List.of()),
                facts.info().map(EngineInfo::routes).orElse(List.of()),
                report.map(it -> it.findings().stream().map(Finding::toString).toList())
                        .orElse(List.of()));
    }

    private static List<String> capabilities(EngineInfo info) {
        return info.capabilities().stream().map(Enum::name).sorted().toList();
    }
}
