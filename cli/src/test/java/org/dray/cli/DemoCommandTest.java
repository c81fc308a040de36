package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dray.DrayProperties;
import org.dray.cli.demo.CorruptingPeer;
import org.dray.cli.demo.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        byte[] bytes = new byte[3_000_001];
        new Random(4711).nextBytes(bytes);
        file = Files.write(directory.resolve("a file"), bytes);
        // Who else runs on this machine must not matter, nor be disturbed.
        System.setProperty(DrayProperties.DIRECTORY, directory.resolve("shared").toString());
    }

    @AfterEach
    void forgetProperties() {
        System.clearProperty(DrayProperties.DIRECTORY);
        System.clearProperty(DrayProperties.DENY);
        System.clearProperty(DrayProperties.REQUIRE);
    }

    private static Run demo(Class<?> peer, Object... arguments) {
        List<String> all = Stream.concat(Stream.of("demo", "--rounds", "2"), Stream.of(arguments))
                .map(Object::toString)
                .toList();
        return Run.of(new DemoCommand(Terminal.NONE, peer), all.toArray(String[]::new));
    }

    @Test
    void everyBackendAndEveryStreamBringsTheRightBytes() {
        Run run = demo(Peer.class, file);
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCodes.OK);
        for (String way : List.of("cma", "cma-allocated", "sim (SIMULATED)", "unix-socket", "pipe", "tcp")) {
            assertThat(run.out())
                    .containsPattern("(?m)^" + java.util.regex.Pattern.quote(way) + " .* 3,000,001 .* yes$");
        }
        assertThat(run.out()).contains("1.00x").contains("Dray prefers cma");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theDocumentSaysWhatWasMeasured() throws Exception {
        Run run = demo(Peer.class, file, "--json");
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(document.path("schema").asText()).isEqualTo("dray-demo/1");
        assertThat(document.path("bytes").asLong()).isEqualTo(3_000_001);
        assertThat(document.path("sha256").asText()).hasSize(64);
        assertThat(document.path("preferred").asText()).isEqualTo("cma");
        JsonNode sim = way(document, "sim");
        assertThat(sim.path("kind").asText()).isEqualTo("SIMULATED");
        assertThat(sim.path("verified").asBoolean()).isTrue();
        assertThat(sim.path("nanos")).hasSize(2);
        assertThat(way(document, "unix-socket").path("ratioToSocket").asDouble())
                .isEqualTo(1);
    }

    private static JsonNode way(JsonNode document, String id) {
        for (JsonNode way : document.path("ways")) {
            if (way.path("way").asText().equals(id)) {
                return way;
            }
        }
        throw new AssertionError("no way " + id + " in " + document);
    }

    @Test
    void oneWrongByteIsFound() {
        Run run = demo(CorruptingPeer.class, file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out())
                .containsPattern("(?m)^pipe .* NO$")
                .containsPattern("(?m)^sim .* NO$")
                .containsPattern("(?m)^tcp .* yes$")
                .contains("wrong bytes: SHA-256");
    }

    @Test
    void aFileOfOneByteWorks() throws IOException {
        Files.write(file, new byte[1]);
        assertThat(demo(Peer.class, file).exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void withoutABackendTheStreamsRunAndTheResultIsIncomplete() {
        System.setProperty(DrayProperties.DENY, "cma,sim");
        Run run = demo(Peer.class, file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(run.out())
                .containsPattern("(?m)^unix-socket .* yes$")
                .contains("cma took no part: DENIED", "No backend works here");
    }

    @Test
    void aRequiredBackendThatIsNotThereIsAnErrorWithoutAStackTrace() {
        System.setProperty(DrayProperties.REQUIRE, "nope");
        Run run = demo(Peer.class, file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).startsWith("dray: ").contains("nope").doesNotContain("\tat ");
    }

    @Test
    void aPeerThatDiesIsAnErrorWithoutAStackTrace() {
        Run run = demo(DyingPeer.class, file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("second JVM", "exit code 7").doesNotContain("\tat ");
    }

    /** Ends before it was asked anything. */
    static final class DyingPeer {
        public static void main(String[] arguments) {
            System.exit(7);
        }
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.write(file, new byte[0]);
        assertRefused(file, "is empty");
    }

    @Test
    void aMissingFileIsRefused() {
        assertRefused(directory.resolve("nothing"), "there is no");
    }

    @Test
    void aDirectoryIsRefused() {
        assertRefused(directory, "is a directory");
    }

    @Test
    void aFileThatNoMemoryHoldsIsRefused() throws IOException {
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertRefused(file, "bytes are available: give a smaller file");
    }

    private static void assertRefused(Path file, String reason) {
        Run run = demo(Peer.class, file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("dray: ").contains(reason).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "many"})
    void roundsOutOfRangeAreRefused(String rounds) {
        Run run = Run.of(new DemoCommand(Terminal.NONE, Peer.class), "demo", "--rounds", rounds);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains(rounds);
    }
}
