package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dray.cli.CertifyCommand.Kit;
import org.dray.tck.Certificate;
import org.dray.tck.Certification.Written;
import org.dray.tck.Outcome;
import org.dray.tck.Rule;
import org.junit.jupiter.api.Test;

class CertifyCommandTest {

    /** A kit in which the first rule ends as given and every other one passes. */
    private static Kit kit(Outcome first, String reason) {
        return (backend, directory, progress) -> {
            progress.println("the first rule: done");
            Certificate certificate = TestCertificates.of(backend, "SIMULATED", first, reason);
            return new Written(
                    certificate, directory.resolve("certificate.json"), directory.resolve("certificate.html"));
        };
    }

    private static Run certify(Kit kit, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(0, "certify");
        return Run.of(new CertifyCommand(Terminal.NONE, kit), arguments.toArray(String[]::new));
    }

    @Test
    void aCertifiedBackendIsOk() {
        Run run = certify(kit(Outcome.PASSED, ""), "--backend", "sim");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("sim: CERTIFIED (SIMULATED)"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theCertificateGoesToTheWorkingDirectoryUnlessToldOtherwise() {
        Path here = Path.of("certificates", "sim", "certificate.html").toAbsolutePath();
        assertThat(certify(kit(Outcome.PASSED, ""), "--backend", "sim").out()).contains(here.toString());
        assertThat(certify(kit(Outcome.PASSED, ""), "--backend", "sim", "--out", "/some where")
                        .out())
                .contains("/some where/certificate.html", "/some where/certificate.json");
    }

    @Test
    void theSlowestRulesAreNamed() {
        String first = Rule.values()[0].id();
        assertThat(certify(kit(Outcome.PASSED, ""), "--backend", "sim").out())
                .contains("slowest rules: " + first + " 12.3 s, ");
    }

    @Test
    void aFailedRuleIsShownWithItsReason() {
        Run run = certify(kit(Outcome.FAILED, "byte 7 changed\nat somewhere"), "--backend", "sim");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out())
                .contains(Rule.values()[0].id(), "FAILED  byte 7 changed", "sim: FAILED")
                .doesNotContain("at somewhere");
    }

    @Test
    void aRuleThatDidNotRunIsIncomplete() {
        Run run = certify(kit(Outcome.NOT_RUN, "no permission"), "--backend", "sim");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(run.out()).contains("NOT_RUN  no permission", "sim: INCOMPLETE");
    }

    @Test
    void anUnknownBackendIsAMistakeOfTheCallerAndRunsNothing() {
        Kit none = (backend, directory, progress) -> {
            throw new AssertionError("the kit ran");
        };
        Run run = certify(none, "--backend", "smi");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("no backend 'smi'", "cma, knem, sim").doesNotContain("\tat ");
    }

    @Test
    void theBackendMustBeNamed() {
        Run run = certify(kit(Outcome.PASSED, ""));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--backend");
    }

    @Test
    void aDirectoryThatCannotBeWrittenHasNoStackTrace() {
        Kit full = (backend, directory, progress) -> {
            throw new UncheckedIOException("cannot write the certificate", new IOException("disk full"));
        };
        Run run = certify(full, "--backend", "sim");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("cannot write the certificate").doesNotContain("\tat ");
    }

    @Test
    void theDocumentNamesVerdictFilesAndRules() throws Exception {
        Run run = certify(kit(Outcome.FAILED, "byte 7 changed"), "--backend", "sim", "--json");
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(document.path("schema").asText()).isEqualTo("dray-certify/1");
        assertThat(document.path("verdict").asText()).isEqualTo("FAILED");
        assertThat(document.path("kind").asText()).isEqualTo("SIMULATED");
        assertThat(document.path("json").asText()).endsWith("certificate.json");
        assertThat(document.at("/failed/0/reason").asText()).isEqualTo("byte 7 changed");
        assertThat(document.path("notRun")).isEmpty();
    }

    @Test
    void onATerminalTheRuleThatEndedIsShown() {
        Terminal terminal = new Terminal(false, 80, true);
        Run run = Run.of(
                terminal,
                List.of(new CertifyCommand(terminal, kit(Outcome.PASSED, ""))),
                "certify",
                "--backend",
                "sim");
        assertThat(run.err()).contains("\r\033[K1 the first rule: done").endsWith("\r\033[K\r");
    }
}
