package com.example.strict;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;

/** A queue of the device, which a thread plays. Each operation has a job of its own, used again and again. */
final class StrictChannel implements DriverChannel {
    private final Job[] jobs = {new Job(0), new Job(1)};
    private final Deque<Job> queued = new ArrayDeque<>();
    private final Deque<Job> ended = new ArrayDeque<>();
    private final Thread device = new Thread(this::work, "strict-device");
    private boolean woken;
    private boolean closed;

    private static final class Job {
        final int operation;
        StrictRegion source;
        long from;
        StrictRegion destination;
        long to;
        long lengthBytes;

        Job(int operation) {
            this.operation = operation;
        }
    }

    StrictChannel() {
        device.setDaemon(true);
        device.start();
    }

    @Override
    public synchronized void start(
            int operation, DriverRegion source, long from, DriverRegion destination, long to, long lengthBytes) {
        Job job = jobs[operation];
        job.source = (StrictRegion) source;
        job.from = from;
        job.destination = (StrictRegion) destination;
        job.to = to;
        job.lengthBytes = lengthBytes;
        queued.add(job);
        notifyAll();
    }

    private void work() {
        for (Job job = takeQueued(); job != null; job = takeQueued()) {
            StrictDriver.move(job.source, job.from, job.destination, job.to, job.lengthBytes);
            synchronized (this) {
                ended.add(job);
                notifyAll();
            }
        }
    }

    /** Null when the channel is closed. */
    private synchronized Job takeQueued() {
        try {
            while (queued.isEmpty() && !closed) {
                wait();
            }
            return queued.poll();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody knows this thread", e);
        }
    }

    @Override
    public void poll(Completions completions) {
        for (Job job = takeEnded(); job != null; job = takeEnded()) {
            completions.ended(job.operation, CopyStatus.OK, 0, job.lengthBytes);
        }
    }

    /** Forgets the regions, which may be closed from now on. */
    private synchronized Job takeEnded() {
        Job job = ended.poll();
        if (job != null) {
            job.source = null;
            job.destination = null;
        }
        return job;
    }

    @Override
    public synchronized void await(long timeoutNanos) {
        try {
            if (ended.isEmpty() && !woken) {
                TimeUnit.NANOSECONDS.timedWait(this, timeoutNanos);
            }
            woken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public synchronized CancelResult cancel(int operation) {
        Job job = jobs[operation];
        if (queued.remove(job)) {
            return CancelResult.CANCELLED;
        }
        return ended.contains(job) ? CancelResult.TOO_LATE : CancelResult.PENDING;
    }

    /** The core closes a channel when nothing is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (device.isAlive()) {
            try {
                device.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
