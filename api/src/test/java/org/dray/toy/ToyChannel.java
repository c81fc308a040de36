package org.dray.toy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.CopyContext;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** A queue that a thread of its own works off, one operation after the other. */
final class ToyChannel implements DriverChannel {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Job> queued = new ArrayDeque<>();
    private final Deque<Done> done = new ArrayDeque<>();
    private final Set<Integer> underWay = new HashSet<>();
    private final ToyDriver driver;
    private final Thread device;
    private boolean woken;
    private boolean closed;

    private record Job(int operation, ToyRegion source, long from, ToyRegion destination, long to, long lengthBytes) {}

    private record Done(int operation, CopyStatus status, int errno, long bytesDone) {}

    /** What the copy of the driver says about itself. */
    private static final class Outcome extends CopyContext {
        Outcome() {
            super(0);
        }

        Done of(int operation, long moved) {
            return new Done(operation, status(), errno(), moved);
        }
    }

    ToyChannel(ToyDriver driver) {
        this.driver = driver;
        this.device = new Thread(this::work, "toy-device");
        device.setDaemon(true);
        device.start();
    }

    @Override
    public void start(int operation, DriverRegion source, long from, DriverRegion destination, long to, long bytes) {
        lock.lock();
        try {
            if (operation < 0 || operation >= driver.queueDepth() || !underWay.add(operation) || closed) {
                driver.backend().violations.add("operation " + operation + " was started");
            }
            queued.add(new Job(operation, (ToyRegion) source, from, (ToyRegion) destination, to, bytes));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Job job = take(); job != null; job = take()) {
            Outcome outcome = new Outcome();
            long moved = driver.step(outcome, job.source, job.from, job.destination, job.to, job.lengthBytes);
            lock.lock();
            try {
                done.add(outcome.of(job.operation, moved));
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Job take() {
        lock.lock();
        try {
            while (queued.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return queued.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void poll(Completions completions) {
        lock.lock();
        try {
            for (Done next = done.poll(); next != null; next = done.poll()) {
                underWay.remove(next.operation);
                completions.ended(next.operation, next.status, next.errno, next.bytesDone);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await(long timeoutNanos) {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (left > 0 && done.isEmpty() && !woken) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CancelResult cancel(int operation) {
        lock.lock();
        try {
            if (queued.removeIf(job -> job.operation == operation)) {
                underWay.remove(operation);
                return CancelResult.CANCELLED;
            }
            boolean hasEnded = done.stream().anyMatch(it -> it.operation == operation);
            return hasEnded ? CancelResult.TOO_LATE : CancelResult.PENDING;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed || !underWay.isEmpty()) {
                driver.backend().violations.add("a channel was closed with " + underWay + " under way");
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        driver.channelClosed();
    }
}
