package org.dray.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Route;

/** What several mutants do. */
final class Defect {
    private static final List<FileChannel> LEAKED = new ArrayList<>();

    private Defect() {}

    /** A descriptor that stays open until {@link #cleanUp}. */
    static synchronized void leakDescriptor() {
        try {
            LEAKED.add(FileChannel.open(Path.of("/dev/null")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized void cleanUp() {
        for (FileChannel channel : LEAKED) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        LEAKED.clear();
    }

    /** A thread that lives longer than the kit waits for it. */
    static void leakThread() {
        Thread thread = new Thread(() -> linger(Duration.ofSeconds(6)), "mutant");
        thread.setDaemon(true);
        thread.start();
    }

    static void linger(Duration duration) {
        Patience.until(duration, () -> false);
    }

    static CopyException with(CopyStatus status, CopyException e) {
        return new CopyException(status, e.engineId(), e.route(), e.errno(), bytesDone(e), "changed", e.findings());
    }

    static CopyException with(Optional<Route> route, String message, CopyException e) {
        return new CopyException(e.status(), e.engineId(), route, e.errno(), bytesDone(e), message, e.findings());
    }

    private static long bytesDone(CopyException e) {
        return e.bytesDone().orElse(-1);
    }
}
