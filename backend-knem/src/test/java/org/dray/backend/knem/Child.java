package org.dray.backend.knem;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM with the same classes. Lines go in and out. */
final class Child implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    private static final String END = "";

    private final Process process;
    private final PrintWriter input;
    private final Thread reader;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> printed = new ArrayList<>();

    private Child(Process process) {
        this.process = process;
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it in front of the device that this JVM stands in front of. */
    static Child start(List<String> command) {
        return start(new ProcessBuilder(command));
    }

    /** Starts it with nothing of the emulator that this JVM stands in front of. */
    static Child startClean(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        List.of("LD_PRELOAD", "DRAY_EMULATOR", "DRAY_EMULATED").forEach(builder.environment()::remove);
        return start(builder);
    }

    private static Child start(ProcessBuilder builder) {
        try {
            return new Child(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of a JVM. */
    static List<String> java(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx256m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path", "dray.test.classes")
                .map(property -> System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (printed) {
                    printed.add(line);
                }
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("no output: " + e);
        }
        lines.add(END);
    }

    void send(String line) {
        input.println(line);
    }

    /** Waits for a line that begins so, and gives its rest. */
    String await(String prefix) {
        try {
            for (String line = poll(); line != null && !line.equals(END); line = poll()) {
                if (line.startsWith(prefix)) {
                    return line.substring(prefix.length());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("pid " + process.pid() + " has not said '" + prefix + "', but: " + printed());
    }

    private String poll() throws InterruptedException {
        return lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for its end, and gives all that it has printed. */
    String end() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("pid " + process.pid() + " goes on; it has printed: " + printed());
            }
            reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return printed();
    }

    String printed() {
        synchronized (printed) {
            return String.join("\n", printed);
        }
    }

    /** Sends SIGKILL, and does not wait. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        end();
        input.close();
    }
}
