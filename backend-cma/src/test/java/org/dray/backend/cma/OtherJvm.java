package org.dray.backend.cma;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.PeerId;
import org.dray.linux.ProcessState;
import org.dray.linux.Processes;
import org.dray.linux.Signals;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.PublishedRegion;

/** Another JVM that runs {@link OtherMain}, with a region of patterned pages. */
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;
    private final String description;

    private OtherJvm(List<String> command) {
        try {
            this.process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.description = ask("self");
    }

    /** Starts it with a command such as {@code setpriv} in front. */
    static OtherJvm start(Path directory, String... wrapper) {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(command(directory));
        return new OtherJvm(command);
    }

    /** As the child of a process that never asks how it ended: when it ends, it stays a zombie. */
    static OtherJvm startUnattended(Path directory) {
        String script = "exec 3<&0; \"$@\" <&3 & exec sleep 600";
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(command(directory));
        return new OtherJvm(command);
    }

    private static List<String> command(Path directory) {
        String classPath = Stream.of("java.class.path", "jdk.module.path", "dray.test.classes")
                .map(property -> System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                OtherMain.class.getName(),
                directory.toString());
    }

    /** Itself, as another of these can read it. */
    String description() {
        return description;
    }

    int pid() {
        return Integer.parseInt(field(0));
    }

    private String field(int index) {
        return description.split(" ", -1)[index];
    }

    TestLink link() {
        PeerId id = new PeerId(
                1, 2, pid(), Integer.parseInt(field(1)), 0, Long.parseLong(field(3)), Long.parseLong(field(2)), 0);
        return new TestLink(id, false, Path.of(field(4)));
    }

    DriverRegion region(DriverPeer peer) throws BackendException {
        Extents extents = Extents.of(Long.parseLong(field(5)), Long.parseLong(field(6)));
        return peer.attach(new PublishedRegion(0, 1, Access.READ_WRITE, false, extents));
    }

    String ask(String command) {
        input.println(command);
        try {
            String answer = output.readLine();
            if (answer == null) {
                throw new IllegalStateException("the other JVM ended instead of answering " + command);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces its program; returns when that has happened. */
    void exec() {
        input.println("exec");
        await(() -> {
            String command = commandName();
            return !command.isEmpty() && !command.equals("java");
        });
    }

    /** Empty for the moment in which the kernel changes the program. */
    private String commandName() {
        return ProcessHandle.of(pid())
                .flatMap(handle -> handle.info().command())
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
    }

    void signal(int signal) {
        Processes.kill(pid(), signal);
    }

    /** Kills it; returns when its memory is gone. */
    void kill() {
        signal(Signals.SIGKILL);
        await(() -> !ProcessState.of(pid()).isAlive());
    }

    /** Waits until it has ended and its parent has not noticed: some time after its memory is gone. */
    void awaitZombie() {
        await(() -> ProcessState.of(pid()).state().startsWith("Z"));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nothing happened within a minute");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        if (ProcessState.of(pid()).isAlive()) {
            kill();
        }
        process.destroyForcibly();
        process.onExit().join();
        input.close();
        try {
            output.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
