package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class EmulateCommandTest {
    private static Run emulate(String... arguments) {
        return Run.of(
                new EmulateCommand(),
                Stream.concat(Stream.of("emulate"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void theCommandSeesADeviceAndItsExitCodeIsTheAnswer() {
        assertThat(emulate("knem", "--", "sh", "-c", "test -c /dev/knem && exit 5")
                        .exitCode())
                .isEqualTo(5);
    }

    @Test
    void parametersReachTheDevice() {
        String looksAtForcedFlags = "head -3 /dev/knem | grep -q 'forcing 0x8, ignoring 0x1'";
        assertThat(emulate("knem", "--set", "forceflags=8", "--set", "dma=0", "--", "sh", "-c", looksAtForcedFlags)
                        .exitCode())
                .isZero();
    }

    @Test
    void theTraceHasEachCallUntilTheLastDescriptorIsGone(@TempDir Path directory) throws IOException {
        Path trace = directory.resolve("trace.json");
        assertThat(emulate("knem", "--trace", trace.toString(), "--", "sh", "-c", ": <>/dev/knem")
                        .exitCode())
                .isZero();
        assertThat(trace)
                .content()
                .matches("\\{\"sequence\":1,.*\"call\":\"open\",\"flags\":\"0x[0-9a-f]+\",\"result\":0}\n"
                        + "\\{\"sequence\":2,\"device\":\"knem\",\"file\":1,\"call\":\"release\"}\n");
    }

    @Test
    void aTraceThatCannotBeWrittenIsRefused(@TempDir Path directory) {
        String nowhere = directory.resolve("missing/trace.json").toString();
        assertThat(emulate("knem", "--trace", nowhere, "--", "true").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void optionsOfTheCommandAreTheCommandsOwn() {
        assertThat(emulate("knem", "--", "test", "--set", "=", "--set").exitCode())
                .isZero();
    }

    @Test
    void aCommandIsNeeded() {
        assertThat(emulate("knem").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void whatCannotSeeADeviceIsRefused() {
        assertThat(emulate("knem", "--", "/nothing/here").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(emulate("floppy", "--", "true").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        Path server;
        try (EmulatorFiles files = EmulatorFiles.extract()) {
            server = files.server();
            assertThat(server).isExecutable();
        }
        assertThat(Files.exists(server.getParent())).isFalse();
    }
}
