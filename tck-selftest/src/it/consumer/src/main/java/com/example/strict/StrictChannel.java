package com.example.strict;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;

/** A queue of the device, which a thread plays. Each operation has a job of its own, used again and again. */
final class StrictChannel implements DriverChannel {
    private final Job[] jobs = {new Job(0), new Job(1)};
    private final Job end = new Job(-1);
    private final BlockingQueue<Job> queued = new ArrayBlockingQueue<>(StrictDriver.DEPTH + 1);
    private final BlockingQueue<Job> ended = new ArrayBlockingQueue<>(StrictDriver.DEPTH);
    private final Semaphore signals = new Semaphore(0);
    private final Thread device = new Thread(this::work, "strict-device");

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
    public void start(int operation, DriverRegion source, long from, DriverRegion destination, long to, long lengthBytes) {
        Job job = jobs[operation];
        job.source = (StrictRegion) source;
        job.from = from;
        job.destination = (StrictRegion) destination;
        job.to = to;
        job.lengthBytes = lengthBytes;
        queued.add(job);
    }

    private void work() {
        try {
            for (Job job = queued.take(); job != end; job = queued.take()) {
                StrictDriver.move(job.source, job.from, job.destination, job.to, job.lengthBytes);
                ended.add(job);
                signals.release();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread.
        }
    }

    @Override
    public void poll(Completions completions) {
        for (Job job = ended.poll(); job != null; job = ended.poll()) {
            job.source = null;
            job.destination = null;
            completions.ended(job.operation, CopyStatus.OK, 0, job.lengthBytes);
        }
    }

    @Override
    public void await(long timeoutNanos) {
        try {
            if (ended.isEmpty() && signals.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) {
                signals.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void wake() {
        signals.release();
    }

    @Override
    public CancelResult cancel(int operation) {
        Job job = jobs[operation];
        if (queued.remove(job)) {
            return CancelResult.CANCELLED;
        }
        return ended.contains(job) ? CancelResult.TOO_LATE : CancelResult.PENDING;
    }

    @Override
    public void close() {
        queued.add(end);
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
