package org.dray.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Runs the races in JVMs of their own, for a moment each; {@code .ci/long} gives them more time, and lets every mode of
 * compilation and every way to place the threads have its turn.
 */
class RacesTest {
    private static final String MILLIS =
            Integer.getInteger("dray.races.millis", 150).toString();
    private static final boolean EVERY_MODE = Boolean.getBoolean("dray.races.everyMode");
    private static final long LIMIT_MINUTES = EVERY_MODE ? 60 : 5;

    @Test
    void racesEndAsTheyMay() throws Exception {
        String[] races = {"CloseUnderCopy", "CompletionShowsBytes", "RetireUnderClaim", "OnlyUse"};
        String report = run(0, races);
        assertThat(races).allSatisfy(it -> assertThat(report).contains("[OK] org.dray.races." + it));
    }

    /** Proves that each race can fail. */
    @Test
    void brokenVariantsAreFound() throws Exception {
        String[] races = {"BrokenClose", "BrokenCompletion", "BrokenClaim", "BrokenUse"};
        String report = run(1, races);
        assertThat(races).allSatisfy(it -> assertThat(report).contains("[FAILED] org.dray.races." + it));
    }

    private static String run(int exitCode, String... races) throws IOException, InterruptedException {
        Path results =
                Files.createDirectories(Path.of("target", "jcstress", races[0]).toAbsolutePath());
        Path log = results.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "org.openjdk.jcstress.Main",
                "-v",
                "-t",
                "\\.(" + String.join("|", races) + ")$",
                "-r",
                results.toString(),
                "-time",
                MILLIS,
                "-iters",
                "5",
                "-f",
                "1",
                "-fsm",
                "1",
                "-strideSize",
                "64",
                "-strideCount",
                "16",
                "-hs",
                "128",
                EVERY_MODE ? "-jvmArgsPrepend" : "-jvmArgs",
                "-Ddray.directory=dray");
        if (!EVERY_MODE) {
            command.command().addAll(List.of("-sc", "false", "-af", "NONE"));
        }
        Process process = command.directory(results.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("jcstress has ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(log);
        assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
        return text;
    }

    private static String classPath() {
        String surefire = System.getProperty("surefire.test.class.path", "");
        return surefire.isEmpty() ? System.getProperty("java.class.path") : surefire;
    }
}
