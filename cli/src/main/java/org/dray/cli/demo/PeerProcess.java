package org.dray.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The second JVM, seen from the first. Used by one thread. */
final class PeerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final long SLOWEST_BYTES_PER_SECOND = 16L << 20;
    private static final long TIME_TO_END_SECONDS = 10;

    private final Process process;
    private final Writer requests;
    private final BufferedReader replies;
    private final long timeoutSeconds;

    private PeerProcess(Process process, long byteSize) {
        this.process = process;
        this.requests = process.outputWriter();
        this.replies = process.inputReader();
        this.timeoutSeconds = PATIENCE_SECONDS + byteSize / SLOWEST_BYTES_PER_SECOND;
    }

    /** Starts a peer that has memory for as many bytes. */
    static PeerProcess start(Class<?> main, long byteSize) throws IOException {
        Process process = new ProcessBuilder(JavaCommand.of(main))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        PeerProcess peer = new PeerProcess(process, byteSize);
        try {
            peer.ask(Request.allocate(byteSize));
            return peer;
        } catch (IOException e) {
            try (peer) {
                throw new IOException("the second JVM could not be prepared: " + e.getMessage(), e);
            }
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws IOException if the peer could not do it, has died, or does not answer; the message says which
     */
    Reply ask(Request request) throws IOException {
        try {
            requests.write(Lines.of(request) + "\n");
            requests.flush();
        } catch (IOException e) {
            throw died(e);
        }
        String line = nextLine(request);
        if (line.isEmpty()) {
            throw died(null);
        }
        Reply reply = Lines.parse(line, Reply.class);
        if (!reply.problem().isEmpty()) {
            throw new IOException(reply.problem());
        }
        return reply;
    }

    private String nextLine(Request request) throws IOException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLine);
        try {
            return line.get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the second JVM did not answer " + request.verb() + " for " + timeoutSeconds
                    + " seconds and was killed");
        } catch (ExecutionException e) {
            throw died(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the second JVM", e);
        }
    }

    private String readLine() {
        try {
            String line = replies.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IOException died(@Nullable Throwable cause) {
        return new IOException("the second JVM ended with exit code " + awaitEnd(), cause);
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(TIME_TO_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }

    /** Lets the peer close what it has open; kills it if it does not. */
    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            process.destroy(); // it has ended already, or does not listen
        }
        awaitEnd();
    }
}
