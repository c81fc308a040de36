package org.dray.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that answers lines with lines: a second JVM running {@link PeerMain}, or any program. */
final class Peer implements AutoCloseable {
    /** Where the classes of this module and of its tests are. */
    static final String CLASS_PATH = System.getProperty("dray.test.classPath");

    private final Process process;
    private final PrintStream input;
    private final BufferedReader output;

    private Peer(Process process) {
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static List<String> java(String mainClass, String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", CLASS_PATH, mainClass));
        return command;
    }

    static Peer startJvm() {
        return start(java(PeerMain.class.getName()));
    }

    static Peer start(List<String> command) {
        try {
            return new Peer(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int pid() {
        return (int) process.pid();
    }

    /** Sends a command and returns the line that answers it. */
    String ask(String command) {
        tell(command);
        try {
            String answer = output.readLine();
            if (answer == null) {
                throw new IllegalStateException("the peer ended instead of answering " + command);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void tell(String command) {
        input.println(command);
    }

    void kill() {
        Processes.kill(pid(), Signals.SIGKILL);
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the peer does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
        try {
            input.close();
            output.close();
            process.getErrorStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
