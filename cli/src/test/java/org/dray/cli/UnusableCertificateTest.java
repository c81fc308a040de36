package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.dray.tck.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not a certificate, or contradicts itself, is refused with the reason and nothing is written. */
class UnusableCertificateTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private void refused(Path file, String reason) {
        Path out = directory.resolve("out");
        Run run = Run.of(new ReportCommand(Terminal.NONE), "report", "--out", out.toString(), file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("dray: " + file + " is not a certificate: ")
                .contains(reason)
                .hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    /** A sound certificate with one change. */
    private Path changed(Consumer<ObjectNode> change) throws IOException {
        String json =
                TestCertificates.of("cma", "REAL", Outcome.FAILED, "wrong byte").toJson();
        ObjectNode root = (ObjectNode) MAPPER.readTree(json);
        change.accept(root);
        return Files.writeString(directory.resolve("changed.json"), MAPPER.writeValueAsString(root));
    }

    private static ObjectNode firstRule(ObjectNode root) {
        return (ObjectNode) root.at("/rules/0");
    }

    @Test
    void missingFile() {
        refused(directory.resolve("nothing.json"), "no such file");
    }

    @Test
    void directoryInsteadOfAFile() {
        refused(directory, "no such file");
    }

    @Test
    void pageInsteadOfADocument() throws IOException {
        refused(Files.writeString(directory.resolve("a.html"), "<!DOCTYPE html>"), "not JSON");
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        refused(Files.write(directory.resolve("a.json"), new byte[] {'{', -1, -2}), "cannot be read as text");
    }

    @Test
    void emptyFile() throws IOException {
        refused(Files.writeString(directory.resolve("a.json"), ""), "schema is ''");
    }

    @Test
    void anotherDocument() throws IOException {
        refused(changed(it -> it.put("schema", "dray-doctor/1")), "schema is 'dray-doctor/1'");
    }

    @Test
    void missingKind() throws IOException {
        refused(changed(it -> ((ObjectNode) it.get("machine")).remove("kind")), "no text at /machine/kind");
    }

    @Test
    void unknownOutcome() throws IOException {
        refused(changed(it -> firstRule(it).put("outcome", "SPLENDID")), "'SPLENDID' at /outcome");
    }

    @Test
    void ruleThatWasTakenOut() throws IOException {
        refused(changed(it -> ((ArrayNode) it.get("rules")).remove(0)), "rules and lists");
    }

    @Test
    void ruleThatIsThereTwice() throws IOException {
        refused(changed(it -> firstRule(it).put("id", it.at("/rules/1/id").asText())), "twice");
    }

    @Test
    void verdictThatTheRulesContradict() throws IOException {
        refused(
                changed(it -> ((ObjectNode) it.get("verdict")).put("word", "CERTIFIED")),
                "it says CERTIFIED, and its rules say FAILED");
    }

    @Test
    void noRules() throws IOException {
        refused(
                changed(it -> {
                    ((ArrayNode) it.get("rules")).removeAll();
                    ((ObjectNode) it.get("tck")).put("rules", 0);
                }),
                "announces 0 rules");
    }
}
