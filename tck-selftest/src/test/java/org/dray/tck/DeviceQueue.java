package org.dray.tck;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** A queue in front of a driver that only blocks: a thread of its own works it off, the newest operation first. */
final class DeviceQueue implements DriverChannel {
    static final int DEPTH = 16;

    private final Job[] jobs = new Job[DEPTH];
    private final Deque<Job> queued = new ArrayDeque<>(DEPTH);
    private final Deque<Job> done = new ArrayDeque<>(DEPTH);
    private final CopyDriver driver;
    private boolean isWoken;
    private boolean isClosed;

    /** One operation after the other under one name; made once, because rules count garbage. */
    private static final class Job extends CopyContext {
        final int name;

        @Nullable
        DriverRegion source;

        @Nullable
        DriverRegion destination;

        long from;
        long to;
        long bytes;
        long moved;

        Job(int name) {
            super(0);
            this.name = name;
        }

        @SuppressWarnings("NullAway") // a queued job has its regions
        void run(CopyDriver driver) {
            reset();
            moved = driver.copy(this, source, from, destination, to, bytes);
        }

        void report(Completions completions) {
            CopyStatus status = status();
            source = null;
            destination = null;
            completions.ended(name, status, errno(), moved);
        }
    }

    DeviceQueue(CopyDriver driver) {
        this.driver = driver;
        for (int name = 0; name < DEPTH; name++) {
            jobs[name] = new Job(name);
        }
        Thread device = new Thread(this::work, "dray-tck-device");
        device.setDaemon(true);
        device.start();
    }

    @Override
    public synchronized void start(
            int name, DriverRegion source, long from, DriverRegion destination, long to, long bytes) {
        Job job = jobs[name];
        job.source = source;
        job.from = from;
        job.destination = destination;
        job.to = to;
        job.bytes = bytes;
        queued.push(job);
        notifyAll();
    }

    private void work() {
        for (Job job = take(); job != null; job = take()) {
            job.run(driver);
            synchronized (this) {
                done.add(job);
                notifyAll();
            }
        }
    }

    private synchronized @Nullable Job take() {
        while (queued.isEmpty() && !isClosed) {
            try {
                wait();
            } catch (InterruptedException e) {
                isClosed = true;
            }
        }
        return queued.poll();
    }

    @Override
    public synchronized void poll(Completions completions) {
        for (Job next = done.poll(); next != null; next = done.poll()) {
            next.report(completions);
        }
    }

    @Override
    public synchronized void await(long timeoutNanos) {
        long start = System.nanoTime();
        try {
            while (done.isEmpty() && !isWoken) {
                long left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            isWoken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void wake() {
        isWoken = true;
        notifyAll();
    }

    @Override
    public synchronized CancelResult cancel(int name) {
        if (queued.remove(jobs[name])) {
            return CancelResult.CANCELLED;
        }
        return done.contains(jobs[name]) ? CancelResult.TOO_LATE : CancelResult.PENDING;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
