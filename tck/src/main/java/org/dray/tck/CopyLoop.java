package org.dray.tck;

import java.time.Duration;
import java.util.List;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;

/** Copies again and again in a thread of its own, until that fails or is stopped. */
final class CopyLoop {
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long rounds;
    private volatile String end = Race.OK;

    CopyLoop(CopyEngine engine, MemoryRegion source, MemoryRegion destination, long lengthBytes) {
        thread = new Thread(() -> run(engine, source, destination, lengthBytes), "dray-tck-loop");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(CopyEngine engine, MemoryRegion source, MemoryRegion destination, long lengthBytes) {
        long done = 0;
        while (!stopped && end.equals(Race.OK)) {
            end = Race.outcome(() -> engine.copy(source, 0, destination, 0, lengthBytes));
            done++;
            rounds = done;
        }
    }

    long rounds() {
        return rounds;
    }

    void awaitFirst() {
        if (!Patience.until(Duration.ofSeconds(15), () -> rounds > 0)) {
            throw new AssertionError("the first copy has not ended: " + List.of(thread.getStackTrace()));
        }
    }

    /** Waits for an end that comes by itself; gives the outcome. */
    String await(Duration limit) {
        if (!Patience.until(limit, () -> !thread.isAlive())) {
            stopped = true;
            throw new AssertionError("copies still go on after " + limit + ", " + rounds + " so far: "
                    + List.of(thread.getStackTrace()));
        }
        return end;
    }

    String stop(Duration limit) {
        stopped = true;
        return await(limit);
    }
}
