package org.dray.backend.sim;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.Dray;
import org.dray.MemoryRegion;

/** An owner in a JVM of its own, which ends with its standard input. */
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    /** Starts one that exports {@code lengthBytes} bytes of {@link Fixture#random}. */
    OtherJvm(Path directory, int lengthBytes, int seed) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath(),
                        OtherJvm.class.getName(),
                        directory.toString(),
                        Integer.toString(lengthBytes),
                        Integer.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    /** On the module path, the tests' classes come from where the module's are. */
    private static String classPath() {
        Path classes;
        try {
            classes = Path.of(OtherJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return String.join(
                File.pathSeparator,
                classes.resolveSibling("classes").toString(),
                classes.resolveSibling("test-classes").toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    /** The other JVM's token, or what it answers to a command. */
    byte[] answer() throws IOException {
        return HexFormat.of().parseHex(answers.readLine());
    }

    /** What is in the other JVM's memory now. */
    byte[] memory() throws IOException {
        commands.println("show");
        return answer();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops every thread; the signal alone says only that they are about to. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        while (!allThreadsAreStopped()) {
            Thread.onSpinWait();
        }
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private boolean allThreadsAreStopped() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                if (!Files.readString(thread.resolve("stat")).contains(") T ")) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        byte[] content = Fixture.random(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        ByteBuffer memory = Fixture.direct(content);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (Dray dray = Fixture.load(Path.of(arguments[0]));
                MemoryRegion region = dray.engine("sim").register(memory, Access.READ_WRITE)) {
            System.out.println(HexFormat.of().formatHex(region.token().toBytes()));
            while (commands.readLine() != null) {
                System.out.println(HexFormat.of().formatHex(Fixture.bytes(memory)));
            }
        }
    }
}
