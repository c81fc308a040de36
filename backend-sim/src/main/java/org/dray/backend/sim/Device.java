package org.dray.backend.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.dray.spi.BackendException;
import org.jspecify.annotations.Nullable;

/**
 * The owner's side of {@link Mailboxes}: plays the engine that moves registered memory for peers. One daemon thread,
 * started with the first published region.
 *
 * <p>A request is served under the lock under which regions come and go: when {@link #withdraw} returns, no byte of
 * that region moves any more.
 */
final class Device implements AutoCloseable {
    private static final long INSPECTION_NANOS = 1_000_000_000;

    private final Mailboxes mailboxes;
    private final List<@Nullable Published> bySlot = new ArrayList<>();
    private final long[] claims = new long[Mailboxes.COUNT];
    private @Nullable Thread thread;
    private volatile boolean closed;

    private record Published(HostRegion region, int generation) {}

    private Device(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    static Device open(Path file) throws BackendException {
        try {
            MappedFile.requireSpace(file, Mailboxes.FILE_BYTES);
            return new Device(Mailboxes.create(file));
        } catch (IOException e) {
            throw MappedFile.failure(file, e);
        }
    }

    synchronized void publish(HostRegion region, int slot, int generation) {
        while (bySlot.size() <= slot) {
            bySlot.add(null);
        }
        bySlot.set(slot, new Published(region, generation));
        if (thread == null) {
            thread = new Thread(null, this::run, "dray-sim-device", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    synchronized void withdraw(HostRegion region) {
        for (int slot = 0; slot < bySlot.size(); slot++) {
            Published here = bySlot.get(slot);
            if (here != null && here.region() == region) {
                bySlot.set(slot, null);
            }
        }
    }

    /**
     * A registered buffer may lie over a file that was truncated. JDK 17 says so not where the page is missing but at
     * some later point of the same frame, so the loop that touches memory is a frame of its own.
     */
    private void run() {
        while (!closed) {
            try {
                serveUntilClosed();
            } catch (InternalError e) {
                mailboxes.failServed();
            }
        }
    }

    private void serveUntilClosed() {
        long lastWork = System.nanoTime();
        long lastInspection = lastWork;
        while (!closed) {
            boolean worked = serveAll();
            long now = System.nanoTime();
            if (worked) {
                lastWork = now;
            } else {
                Backoff.idle(now - lastWork);
            }
            if (now - lastInspection > INSPECTION_NANOS) {
                lastInspection = now;
                reclaim();
            }
        }
    }

    private boolean serveAll() {
        boolean worked = false;
        for (int box = 0; box < Mailboxes.COUNT; box++) {
            if (mailboxes.serve(box)) {
                worked = true;
                mailboxes.answer(box, move(box));
            }
        }
        return worked;
    }

    /** Serves one request. Everything in it comes from another process: it is read once and checked. */
    private synchronized long move(int box) {
        int slot = mailboxes.slot(box);
        int generation = mailboxes.generation(box);
        long offsetBytes = mailboxes.offsetBytes(box);
        int lengthBytes = mailboxes.lengthBytes(box);
        boolean write = mailboxes.isWrite(box);
        Published found = slot >= 0 && slot < bySlot.size() ? bySlot.get(slot) : null;
        if (found == null || found.generation() != generation) {
            return Mailboxes.STALE;
        }
        HostRegion region = found.region();
        if (lengthBytes < 1
                || lengthBytes > Mailboxes.WINDOW_BYTES
                || offsetBytes < 0
                || offsetBytes > region.extents().byteSize() - lengthBytes
                || !(write ? region.access().isWritable() : region.access().isReadable())) {
            return Mailboxes.REFUSED;
        }
        ByteBuffer window = mailboxes.window(box);
        return write
                ? region.memory().write(offsetBytes, window, lengthBytes)
                : region.memory().read(offsetBytes, window, lengthBytes);
    }

    /** Frees mailboxes whose holder has died. In steady state no claim is seen twice. */
    private void reclaim() {
        for (int box = 0; box < Mailboxes.COUNT; box++) {
            long claim = mailboxes.claim(box);
            if (claim != 0 && claim == claims[box] && OtherProcess.isDead(SimPeer.pidOf(claim))) {
                mailboxes.free(box);
            }
            claims[box] = claim;
        }
    }

    /** Ends the thread. Peers that wait for an answer learn it from the mailboxes. */
    @Override
    public void close() {
        closed = true;
        Thread running;
        synchronized (this) {
            running = thread;
        }
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            LockSupport.unpark(running);
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        mailboxes.close();
    }
}
