package org.dray.hammer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dray.linux.Processes;
import org.dray.linux.Signals;

/** Another JVM, and the pipes to and from it. Neither direction ever waits for it. */
final class Child implements AutoCloseable {
    private static final int WAITING_LINES = 2000;
    private static final List<String> COLLECTORS = List.of("-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC");

    private final Process process;
    private final Path log;
    private final BlockingQueue<String> toChild = new LinkedBlockingQueue<>(WAITING_LINES);
    private final BlockingQueue<String> fromChild = new LinkedBlockingQueue<>();
    private final Consumer<String> offers;
    private volatile boolean killed;

    /**
     * Starts a JVM.
     *
     * @param mainClass with the method main
     * @param arguments for it
     * @param number chooses the collector, and names the log
     * @param logs where output goes
     * @param offers takes the lines that are for the other process
     */
    Child(Class<?> mainClass, List<String> arguments, int number, Path logs, Consumer<String> offers)
            throws IOException {
        this.offers = offers;
        log = logs.resolve("jvm-" + number + ".log");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xcheck:jni",
                COLLECTORS.get(number % COLLECTORS.size()),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + logs.resolve("hs_err_" + number + ".log"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(logs.toFile()).redirectError(log.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        process = builder.start();
        daemon("to child " + number, this::write);
        daemon("from child " + number, this::read);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void write() {
        try (PrintStream out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
            while (process.isAlive()) {
                String line = toChild.poll(1, TimeUnit.SECONDS);
                if (line != null) {
                    out.println(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("offer ")) {
                    offers.accept(line);
                } else {
                    fromChild.add(line);
                }
            }
        } catch (IOException e) {
            fromChild.add("lost " + e);
        }
        fromChild.add("eof");
    }

    void tell(String line) {
        if (!toChild.offer(line) && !line.startsWith("offer ")) {
            throw new IllegalStateException("the child does not listen");
        }
    }

    /** The next line, or null if there is none for so long. */
    String next(long millis) throws InterruptedException {
        return fromChild.poll(millis, TimeUnit.MILLISECONDS);
    }

    int pid() {
        return (int) process.pid();
    }

    boolean isKilled() {
        return killed;
    }

    void kill() {
        killed = true;
        Processes.kill(pid(), Signals.SIGKILL);
    }

    /** What is wrong with how it ended. */
    Optional<String> end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Optional.of(description() + " did not end");
        }
        return process.exitValue() == 0 || killed
                ? Optional.empty()
                : Optional.of(description() + " ended with " + process.exitValue());
    }

    /** Lines of its output that -Xcheck:jni or a crash wrote. */
    List<String> complaints() throws IOException {
        return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.matches(".*(in native method|fatal error has been detected|OutOfMemory).*"))
                .toList();
    }

    /** Has the JVM print its threads into its output, which is read as a log then. */
    void dump() {
        Processes.kill(pid(), Signals.SIGQUIT);
    }

    String description() {
        return "pid " + pid() + ", see " + log + ",";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
