package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.dray.cli.demo.Peer;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class MainTest {
    @Command(name = "broken")
    private record Broken(RuntimeException problem) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw problem;
        }
    }

    private static Run dray(Terminal terminal, String... arguments) {
        return Run.of(
                terminal,
                List.of(new DemoCommand(terminal, Peer.class), new DoctorCommand(terminal, DoctorReport::examine)),
                arguments);
    }

    @Test
    void withoutACommandTheUsageGoesToStandardError() {
        Run run = dray(Terminal.NONE);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("demo", "doctor");
    }

    @Test
    void helpIsAResult() {
        Run run = dray(Terminal.NONE, "demo", "--help");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("FILE", "--json", "Exit codes:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void everyCommandDocumentsItsExitCodes() {
        assertThat(dray(Terminal.NONE, "demo", "--help").out()).containsPattern("(?m)^ +3 +no backend works here");
        assertThat(dray(Terminal.NONE, "doctor", "--help").out()).containsPattern("(?m)^ +1 +it would not");
    }

    @Test
    void anUnknownCommandSuggestsTheRightOne() {
        Run run = dray(Terminal.NONE, "dmo");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("dray: ", "demo");
    }

    @Test
    void anUnknownOptionSaysWhereToLook() {
        Run run = dray(Terminal.NONE, "doctor", "--rounds");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("--rounds", "dray doctor --help");
    }

    @Test
    void anExpectedFailureHasNoStackTrace() {
        Run run = Run.of(new Broken(Failure.failed(new IOException("the disk is full: delete something"))), "broken");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).isEqualToNormalizingNewlines("dray: the disk is full: delete something\n");
    }

    @Test
    void aDefectShowsItsStackTraceAndAsksForAReport() {
        Run run = Run.of(new Broken(new IllegalStateException("oops")), "broken");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.err()).contains("defect", "oops", "at org.dray.cli.MainTest");
    }

    @Test
    void helpIsColouredOnlyForATerminal() {
        assertThat(dray(Terminal.NONE, "--help").out()).doesNotContain("\033[");
        assertThat(dray(new Terminal(true, 100, false), "--help").out()).contains("\033[");
    }
}
