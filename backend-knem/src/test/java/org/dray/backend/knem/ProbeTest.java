package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dray.BackendReport.State;
import org.dray.linux.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users are told of their machine, each in a JVM of its own in front of a device of its own. */
class ProbeTest {
    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

    /** A device, and what is said about it; {@code words} are in the line of that finding. */
    record Row(String device, State state, String finding, List<String> words) {
        @Override
        public String toString() {
            return device + " is " + state + ", " + finding;
        }
    }

    private static Row row(String device, State state, String finding, String... words) {
        return new Row(device, state, finding, List.of(words));
    }

    static Stream<Row> devices() {
        return Stream.of(
                row("", State.AVAILABLE, "knem.driver", "knem 1.1.4", "thread yes", "notification yes", "engine no"),
                row("abi=0xc", State.UNAVAILABLE, "knem.abi", "ABI is 0xc", "ABI 0xd", "load KNEM 1.1.4"),
                row("forceflags=0x20", State.UNAVAILABLE, "knem.forced-flags", "0x20", "modprobe -r knem"),
                row("forceflags=0x80", State.AVAILABLE, "knem.forced-flags", "every user", "trust all users"),
                row("forceflags=0x80", State.AVAILABLE, "knem.driver", "thread yes"),
                row("forceflags=8", State.AVAILABLE, "knem.driver", "thread yes"),
                row("forceflags=8", State.AVAILABLE, "knem.forced-flags", "queued", "killed"),
                row("forceflags=0x10", State.AVAILABLE, "knem.driver", "thread yes"),
                row("thread=0", State.AVAILABLE, "knem.driver", "thread no", "notification no"),
                row("sync=1", State.AVAILABLE, "knem.driver", "thread no", "notification no"),
                row("notify=0 version=1.0.0", State.AVAILABLE, "knem.driver", "knem 1.0.0", "notification no", "poll"),
                row("dmaengine=available", State.AVAILABLE, "knem.driver", "DMA engine yes"),
                row("dmaengine=available dma=0", State.AVAILABLE, "knem.driver", "DMA engine no"),
                row("dmaengine=unavailable", State.AVAILABLE, "knem.driver", "DMA engine no"),
                row(
                        "dmaengine=unavailable forceflags=1",
                        State.UNAVAILABLE,
                        "knem.self-test",
                        "EINVAL",
                        "0x1",
                        "kernel's log"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("devices")
    void deviceIsToldToUsers(Row row) {
        requireRow(row, probe(emulator(row.device().split(" ")), List.of(), List.of()));
    }

    @Test
    void machineWithoutTheDeviceIsToldHowToGetIt() {
        requireRow(
                row("none", State.UNAVAILABLE, "knem.device", "ENOENT", "modprobe knem"),
                probe(List.of(), List.of(), List.of()));
    }

    @Test
    void otherFileThanTheDeviceIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[8192]);
        requireRow(
                row("a file", State.UNAVAILABLE, "knem.abi", "ENOTTY", "dray.knem.device"),
                probe(List.of(), List.of(), List.of("-Ddray.knem.device=" + file)));
    }

    @Test
    void otherDeviceThanTheDriversIsRefused() {
        requireRow(
                row("/dev/null", State.UNAVAILABLE, "knem.device", "/dev/null", "dray.knem.device"),
                probe(List.of(), List.of(), List.of("-Ddray.knem.device=/dev/null")));
    }

    @ParameterizedTest
    @MethodSource("senselessOptions")
    void senselessOptionIsRefused(String option) {
        requireRow(
                row("any", State.UNAVAILABLE, "knem.settings", option.substring(2), "at least 1", "correct the option"),
                probe(emulator(), List.of(), List.of(option)));
    }

    static Stream<String> senselessOptions() {
        return Stream.of(
                "-Ddray.knem.dmaMinBytes=much",
                "-Ddray.knem.dmaMinBytes=0",
                "-Ddray.knem.dmaMinBytes=",
                "-Ddray.knem.regionCopyMinBytes=-1");
    }

    @Test
    void optionsAreSaid() {
        requireRow(
                row("", State.AVAILABLE, "knem.driver", "region copies from 4096 bytes", "DMA from 1048576 bytes"),
                probe(
                        emulator(),
                        List.of(),
                        List.of("-Ddray.knem.regionCopyMinBytes=4096", "-Ddray.knem.dmaMinBytes=0x100000")));
    }

    @Test
    void deviceOfOthersIsDenied() {
        requireTwoUsers();
        requireRow(
                row("0600", State.DENIED, "knem.device", "EACCES", "group"),
                probe(emulator("mode=0600"), NOBODY, List.of()));
    }

    @Test
    void deviceThatCanOnlyBeReadIsDenied() {
        requireTwoUsers();
        requireRow(
                row("0644", State.DENIED, "knem.device", "EACCES", "group"),
                probe(emulator("mode=0644"), NOBODY, List.of()));
    }

    @Test
    void deviceForAllServesOthers() {
        requireTwoUsers();
        requireRow(
                row("0666", State.AVAILABLE, "knem.driver", "knem 1.1.4"),
                probe(emulator("mode=0666"), NOBODY, List.of()));
    }

    /** Jars of other projects, which another user may not reach, are not needed. */
    private static void requireTwoUsers() {
        assumeTrue(Processes.userId() == 0, "it takes root to become another user");
        List<String> check = new ArrayList<>(NOBODY);
        check.addAll(List.of("ls", System.getProperty("dray.test.classes")));
        try (Child reader = Child.startClean(check)) {
            assumeTrue(reader.end().contains("org"), "another user cannot read the classes");
        }
    }

    private static List<String> emulator(String... settings) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("dray.test.emulator"), "knem"));
        for (String setting : settings) {
            if (!setting.isEmpty()) {
                command.addAll(List.of("--set", setting));
            }
        }
        command.add("--");
        return command;
    }

    private static String probe(List<String> emulator, List<String> user, List<String> flags) {
        List<String> command = new ArrayList<>(emulator);
        command.addAll(user);
        command.addAll(Child.java(flags, ProbeMain.class));
        try (Child child = Child.startClean(command)) {
            return child.end();
        }
    }

    private static void requireRow(Row row, String printed) {
        assertThat(printed).startsWith("knem " + KnemProvider.VERSION + ": " + row.state());
        assertThat(printed.lines())
                .as(printed)
                .filteredOn(line -> line.startsWith("  - " + row.finding() + ": "))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(row.words()));
        assertThat(printed.lines()).contains(ProbeMain.LEFT + "[]");
    }
}
