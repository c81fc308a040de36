package org.dray.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of a {@link Peer}. It ends when its standard input does, that is with this process; when it does not
 * answer in time it is killed, and says what it had printed.
 */
final class PeerJvm implements AutoCloseable {
    private static final int LOG_LINES = 60;
    private static final String SILENCE = "";
    private static final String JNI_COMPLAINT = " in native method: ";

    private final Process process;
    private final Writer requests;
    private final Thread reader;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final Deque<String> log = new ArrayDeque<>();
    private volatile String jniComplaint = SILENCE;

    private PeerJvm(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "dray-tck-peer-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static PeerJvm start(List<String> command) {
        try {
            return new PeerJvm(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start another JVM", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int mark = line.indexOf(Wire.MARK);
                if (mark >= 0) {
                    replies.add(line.substring(mark + Wire.MARK.length()));
                } else {
                    log(line);
                }
            }
        } catch (IOException e) {
            log("cannot read from the process: " + e);
        }
        replies.add(SILENCE);
    }

    private void log(String line) {
        if (line.contains(JNI_COMPLAINT)) {
            jniComplaint = line;
        }
        synchronized (log) {
            log.addLast(line);
            if (log.size() > LOG_LINES) {
                log.removeFirst();
            }
        }
    }

    /** The last lines that are no answers; all of them that were printed before the last answer. */
    List<String> printed() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    private String logText() {
        synchronized (log) {
            return log.isEmpty() ? "it had printed nothing" : "it had printed:\n" + String.join("\n", log);
        }
    }

    /** Sends a request without waiting for an answer. */
    void send(String operation, Object... arguments) {
        try {
            requests.write(Wire.encode(Stream.concat(Stream.of(operation), Stream.of(arguments))
                            .toList())
                    + "\n");
            requests.flush();
        } catch (IOException e) {
            kill();
            throw new IllegalStateException("the other process is gone; " + logText(), e);
        }
    }

    Reply call(Duration limit, String operation, Object... arguments) {
        send(operation, arguments);
        String line = poll(limit);
        if (line.equals(SILENCE)) {
            boolean alive = process.isAlive();
            kill();
            throw new IllegalStateException("the other process " + (alive ? "gave no answer to " : "ended during ")
                    + operation + " within " + limit + "; " + logText());
        }
        if (!jniComplaint.equals(SILENCE)) {
            throw new AssertionError("-Xcheck:jni in the other process: " + jniComplaint + "; " + logText());
        }
        List<String> words = Wire.decode(line);
        if (words.get(0).equals(Wire.FAILED)) {
            throw PeerFailure.of(words.subList(1, words.size()));
        }
        return new Reply(words.subList(1, words.size()));
    }

    /** Waits until the process has closed its output: it has ended or replaced its program. */
    void awaitSilence(Duration limit) {
        String line = poll(limit);
        if (!line.equals(SILENCE)) {
            throw new IllegalStateException("expected silence, got " + line + "; " + logText());
        }
    }

    private String poll(Duration limit) {
        try {
            String line = replies.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            return line == null ? SILENCE : line;
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the other process", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    boolean awaitEnd(Duration limit) {
        return Patience.until(limit, () -> !process.isAlive());
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        kill();
        try {
            requests.close();
        } catch (IOException brokenPipe) {
            log("its input was closed before: " + brokenPipe);
        }
        Patience.until(Duration.ofSeconds(10), () -> !reader.isAlive());
    }
}
