package org.dray.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of a channel one after another on an executor, for engines that can only block. Occupies a thread
 * of the executor as long as there is something to do, and no longer.
 */
final class Worker implements Runner, Runnable {
    private final ChannelCore channel;
    private final Copier copier;
    private final Executor executor;
    private boolean active;

    Worker(ChannelCore channel, Copier copier, Executor executor) {
        this.channel = channel;
        this.copier = copier;
        this.executor = executor;
    }

    @Override
    public void submitted() {
        synchronized (channel) {
            if (active) {
                return;
            }
            active = true;
        }
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            synchronized (channel) {
                active = false;
                channel.endPending(CopyStatus.RESOURCE_LIMIT);
            }
        }
    }

    @Override
    public void run() {
        for (Operation operation = next(); operation != null; operation = next()) {
            copier.perform(operation);
            synchronized (channel) {
                channel.end(operation);
            }
        }
    }

    private @Nullable Operation next() {
        synchronized (channel) {
            Operation operation = channel.next();
            active = operation != null;
            return operation;
        }
    }

    @Override
    public void progress() {}

    @Override
    public void sleep(long timeoutNanos) {
        LockSupport.parkNanos(channel, timeoutNanos);
    }

    @Override
    public void wake() {
        LockSupport.unpark(channel.user());
    }

    /** It ends between two steps, or goes on to its end. */
    @Override
    public CancelResult cancel(Operation operation) {
        operation.cancelRequested = true;
        return CancelResult.PENDING;
    }

    @Override
    public void close() {}
}
