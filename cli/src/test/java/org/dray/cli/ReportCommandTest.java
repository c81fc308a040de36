package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dray.tck.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final String RULE = TestCertificates.FIRST.id();

    @TempDir
    private Path directory;

    private Path green;
    private Path red;
    private Path open;

    @BeforeEach
    void writeCertificates() throws IOException {
        green = TestCertificates.write(directory.resolve("green.json"), "cma", "REAL", Outcome.PASSED, "");
        red = TestCertificates.write(
                directory.resolve("red.json"), "sim", "SIMULATED", Outcome.FAILED, "byte <7> | changed\nat somewhere");
        open = TestCertificates.write(
                directory.resolve("open.json"), "knem", "EMULATED", Outcome.NOT_RUN, "no permission");
    }

    private Run report(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("report", "--out", directory.toString()));
        for (Object it : arguments) {
            all.add(it.toString());
        }
        return Run.of(new ReportCommand(Terminal.NONE), all.toArray(String[]::new));
    }

    @Test
    void certificatesStandSideBySideUnderTheirKinds() {
        Run run = report(green, red, open);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).containsSubsequence("cma", "sim", "knem");
        assertThat(lines.get(1)).containsSubsequence("REAL", "SIMULATED", "EMULATED");
        assertThat(lines.get(2)).containsSubsequence(RULE, "passed", "FAILED", "NOT RUN");
        assertThat(run.out())
                .contains("sim " + RULE + " (MUST)", "FAILED  byte <7> | changed", "sim 1: FAILED (SIMULATED)")
                .doesNotContain("at somewhere");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatKeepsManyRulesFromRunningIsSaidOnceAndInFull() throws IOException {
        Path none = TestCertificates.writeAll(
                directory.resolve("none.json"), Outcome.NOT_RUN, "no device\n  remedy: buy one");
        Run run = report(none);
        assertThat(run.out())
                .containsOnlyOnce("no device")
                .contains(RULE + " and ", "NOT_RUN  no device", "remedy: buy one");
        assertThat(directory.resolve("report.html")).content().containsOnlyOnce("buy one");
        assertThat(directory.resolve("report.md")).content().containsOnlyOnce("buy one");
    }

    @Test
    void aQuickRunSaysSo() throws IOException {
        Path quick = Files.writeString(
                directory.resolve("quick.json"),
                Files.readString(green).replace("\"factor\" : 1.0", "\"factor\" : 0.01"));
        Path page = Files.writeString(
                directory.resolve("page.md"), "<!-- certificates -->\n<!-- end of certificates -->\n");
        assertThat(report(quick, "--readme", page).out()).contains("; quick, factor 0.01");
        assertThat(page).content().contains("| `cma` | REAL | CERTIFIED, quick run |");
        assertThat(directory.resolve("report.html")).content().contains(">QUICK<");
    }

    @Test
    void theWorstVerdictIsTheExitCode() {
        assertThat(report(green).exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(report(green, open).exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(report(green, open, red).exitCode()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void twoOfOneBackendAreToldApart() throws IOException {
        assertThat(report(green, green).out()).contains("cma #1", "cma #2");
        Path other = Files.writeString(
                directory.resolve("other.json"),
                Files.readString(green).replace("\"org.example.TestTckTest\"", "\"org.example.StrictTckTest\""));
        assertThat(report(green, other).out()).contains("cma/Test", "cma/Strict");
    }

    @Test
    void thePageNamesKindsAndReasonsAndLoadsNothing() throws IOException {
        Run run = report(green, red, open);
        Path page = directory.toAbsolutePath().resolve("report.html");
        assertThat(run.out()).contains(page.toString());
        assertThat(page)
                .content()
                .contains(">REAL<", ">SIMULATED<", ">EMULATED<", "byte &lt;7&gt;", "at somewhere", ">" + RULE + "<")
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("@import");
    }

    @Test
    void theTextPageIsATable() throws IOException {
        report(green, red);
        assertThat(directory.resolve("report.md"))
                .content()
                .contains("| rule | cma REAL | sim SIMULATED |", "| " + RULE + " | PASSED | **FAILED** |")
                .contains("    byte <7> | changed\n    at somewhere");
    }

    @Test
    void theDocumentHasTheMatrix() throws IOException {
        JsonNode document =
                new ObjectMapper().readTree(report(green, red, "--json").out());
        assertThat(document.path("schema").asText()).isEqualTo("dray-report/1");
        assertThat(document.path("verdict").asText()).isEqualTo("FAILED");
        assertThat(document.at("/certificates/1/kind").asText()).isEqualTo("SIMULATED");
        assertThat(document.at("/rules/0/id").asText()).isEqualTo(RULE);
        assertThat(document.at("/rules/0/outcomes").toString()).isEqualTo("[\"PASSED\",\"FAILED\"]");
    }

    @Test
    void theMarkedPartOfAPageIsReplaced() throws IOException {
        Path page = Files.writeString(
                directory.resolve("page.md"),
                "before\n<!-- certificates -->\nold\n<!-- end of certificates -->\nafter\n");
        report(red, green, "--readme", page);
        assertThat(page).content().isEqualTo("""
                        before
                        <!-- certificates -->
                        | backend | machine | verdict |
                        |---|---|---|
                        | `cma` | REAL | CERTIFIED |
                        | `sim` | SIMULATED | FAILED |
                        <!-- end of certificates -->
                        after
                        """);
    }

    @Test
    void aPageWithoutMarksIsLeftAlone() throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), "by hand\n");
        Run run = report(green, "--readme", page);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("<!-- certificates -->").doesNotContain("\tat ");
        assertThat(page).content().isEqualTo("by hand\n");
    }

    @Test
    void noFilesAreAMistake() {
        assertThat(report().exitCode()).isEqualTo(ExitCodes.USAGE);
    }
}
