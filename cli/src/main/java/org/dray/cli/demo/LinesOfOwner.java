package org.dray.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The peer's standard input. Read all the time, because its end is the only sign that the owner has died. */
final class LinesOfOwner {
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);
    private static final int OWNER_DIED = 1;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private LinesOfOwner() {}

    /** Starts reading. When the input ends, the calling thread has a few seconds to finish before this JVM halts. */
    static LinesOfOwner read(InputStream input) {
        LinesOfOwner lines = new LinesOfOwner();
        Thread user = Thread.currentThread();
        Thread reader = new Thread(() -> lines.readAll(input, user), "owner");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /** The next line, waiting for it; empty at the end. */
    String next() throws InterruptedException {
        return lines.take();
    }

    private void readAll(InputStream input, Thread user) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // as good as the end
        }
        lines.add("");
        try {
            user.join(TIME_TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            // halts at once
        }
        Runtime.getRuntime().halt(OWNER_DIED);
    }
}
