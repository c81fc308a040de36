package org.dray.hammer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No call that a program can make crashes the JVM, answers what it must not, or leaves something behind. A failure
 * prints the properties that repeat it.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 2, unit = TimeUnit.HOURS) // each round has a limit of its own, at which the threads are printed
class HammerTest {
    private static final int SECONDS = 3;

    @ParameterizedTest
    @CsvSource({"sim, false", "sim, true", "cma, false", "cma, true", "cma+sim, false"})
    void processesThatHammerEachOtherEndWell(String backends, boolean rough) throws IOException, InterruptedException {
        Plan plan = Plan.of(backends, rough, SECONDS);
        System.out.println("hammer: " + plan);
        Path logs = logs(plan.name() + "-" + plan.seed());
        Hammering.Result result = Hammering.run(plan, logs);
        System.out.println("hammer: " + plan.name() + ": " + result.summary());
        Files.write(
                logs.resolve("counts.txt"),
                result.counts().entrySet().stream()
                        .map(count -> String.format("%10d %s", count.getValue(), count.getKey()))
                        .toList());
        assertThat(result.failures()).as("%s; logs in %s", plan, logs).isEmpty();
        assertThat(result.counts())
                .as("a hammer that hits")
                .containsKeys(
                        "attach OK",
                        "attach TOKEN_STALE",
                        "read CONSTANT OK",
                        "read CONSTANT TOKEN_STALE",
                        "write STRIPES OK",
                        "read back OK",
                        "bad range IndexOutOfBoundsException",
                        "flip TOKEN_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim", "cma"})
    void roundsWithoutEndLeaveNothingBehind(String backend) throws IOException, InterruptedException {
        Repeating repeating = Repeating.of(backend, logs("repeat-" + backend));
        repeating.notes().forEach(note -> System.out.println("repeat: " + note));
        assertThat(repeating.failures()).isEmpty();
    }

    private static Path logs(String name) throws IOException {
        return Files.createDirectories(Path.of("target", "hammer", name)).toAbsolutePath();
    }
}
