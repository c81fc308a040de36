package org.dray.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.dray.ChannelOptions;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.Route;
import org.dray.spi.BackendException;
import org.jspecify.annotations.Nullable;

/**
 * A channel: takes operations, decides which may start, keeps what has ended until it is polled. A {@link Runner} does
 * the work. Everything below the public methods happens under the lock of this object, which nobody holds for long.
 */
final class ChannelCore implements CopyChannel {
    private final EngineCore engine;
    private final boolean inOrder;
    private final Operation[] operations;
    private final IntRing free;
    private final IntRing pending;

    /** What can be polled next: operations that have ended, or, if those are polled in order, all. */
    private final IntRing toPoll;

    private final Runner runner;
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
    private int nesting;
    private volatile boolean isUserAsleep;
    private long submits;
    private int started;
    private volatile boolean closed;
    private boolean released;

    ChannelCore(EngineCore engine, ChannelOptions options, Runner.Making making) throws BackendException {
        this.engine = engine;
        this.inOrder = options.inOrder();
        this.operations = new Operation[options.capacity()];
        for (int i = 0; i < operations.length; i++) {
            operations[i] = new Operation(i);
        }
        this.free = IntRing.full(operations.length);
        this.pending = new IntRing(operations.length);
        this.toPoll = new IntRing(operations.length);
        this.runner = making.make(this);
    }

    @Override
    public long submit(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes,
            long tag,
            int flags) {
        enter();
        try {
            if (closed) {
                return CHANNEL_CLOSED;
            }
            if ((flags & ~FENCE) != 0) {
                throw new IllegalArgumentException("flags " + flags + ": only 0 and FENCE (" + FENCE + ") are known");
            }
            RegionView from = Copier.view(source, "source");
            RegionView to = Copier.view(destination, "destination");
            RoutePlan plan = engine.copier().check(from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes);
            boolean isFenced = (flags & FENCE) != 0;
            long sequence =
                    accept(plan, from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes, tag, isFenced);
            if (sequence >= 0) {
                runner.submitted();
            }
            return sequence;
        } catch (IllegalStateException e) {
            if (engine.isClosed()) { // the channel is about to be
                return CHANNEL_CLOSED;
            }
            throw e;
        } finally {
            leave();
        }
    }

    private synchronized long accept(
            RoutePlan plan,
            RegionView from,
            long sourceOffset,
            RegionView to,
            long destinationOffset,
            long lengthBytes,
            long tag,
            boolean isFenced) {
        if (closed) {
            return CHANNEL_CLOSED;
        }
        if (free.isEmpty()) {
            advance(); // room comes from polling alone, but the device need not idle until then
            return QUEUE_FULL;
        }
        Operation operation = operations[free.removeFirst()];
        operation.sequence = submits * operations.length + operation.index;
        operation.state = Operation.State.PENDING;
        operation.ask(plan, from, sourceOffset, to, destinationOffset, lengthBytes);
        operation.tag = tag;
        operation.isFenced = isFenced;
        operation.isDoomed = isFenced && hasUnpolledFailure();
        submits++;
        pending.add(operation.index);
        if (inOrder) {
            toPoll.add(operation.index);
        }
        return operation.sequence;
    }

    private boolean hasUnpolledFailure() {
        for (Operation operation : operations) {
            if (operation.state == Operation.State.ENDED && operation.status != CopyStatus.OK) {
                return true;
            }
        }
        return false;
    }

    private void doomFencedAfter(Operation failed) {
        for (Operation operation : operations) {
            if (operation.state == Operation.State.PENDING && operation.sequence > failed.sequence) {
                operation.isDoomed |= operation.isFenced;
            }
        }
    }

    /** Under the lock: the operation whose turn it is, which then is started; or null. */
    @Nullable
    Operation next() {
        while (!pending.isEmpty()) {
            Operation operation = operations[pending.first()];
            if (operation.isFenced && started > 0) {
                return null;
            }
            pending.removeFirst();
            if (operation.isDoomed) {
                end(operation, CopyStatus.NOT_ATTEMPTED, 0, 0);
            } else {
                operation.state = Operation.State.STARTED;
                started++;
                return operation;
            }
        }
        return null;
    }

    /** Under the lock: an operation that could not be started after all, and is tried again. */
    void postpone(Operation operation) {
        operation.state = Operation.State.PENDING;
        started--;
        pending.addFirst(operation.index);
    }

    /** Under the lock: ends an operation. */
    void end(Operation operation, CopyStatus status, int errno, long bytesDone) {
        operation.setResult(status, errno, bytesDone);
        end(operation);
    }

    /** Under the lock: keeps an operation that has its result for the poll. */
    void end(Operation operation) {
        if (operation.state == Operation.State.STARTED) {
            started--;
        }
        operation.state = Operation.State.ENDED;
        if (operation.status != CopyStatus.OK) {
            doomFencedAfter(operation);
        }
        if (!inOrder) {
            toPoll.add(operation.index);
        }
        if (isUserAsleep) {
            isUserAsleep = false;
            runner.wake();
        }
    }

    /** Under the lock: ends everything that has not been started. */
    void endPending(CopyStatus status) {
        while (!pending.isEmpty()) {
            end(operations[pending.removeFirst()], status, 0, 0);
        }
    }

    @Override
    public int poll(CompletionHandler handler, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + " is negative");
        }
        enter();
        try {
            int handed = 0;
            while (handed < limit && handOver(handler)) {
                handed++;
            }
            return handed;
        } finally {
            leave();
        }
    }

    private boolean handOver(CompletionHandler handler) {
        long sequence;
        long tag;
        CopyStatus status;
        long bytesDone;
        int errno;
        Route route;
        synchronized (this) {
            advance();
            if (!isPollable()) {
                return false;
            }
            Operation operation = operations[toPoll.removeFirst()];
            sequence = operation.sequence;
            tag = operation.tag;
            status = operation.status;
            bytesDone = operation.bytesDone;
            errno = operation.errno;
            route = operation.plan().info.route();
            operation.free();
            free.add(operation.index);
        }
        handler.onCompletion(sequence, tag, status, bytesDone, errno, route);
        return true;
    }

    private boolean isPollable() {
        return !toPoll.isEmpty() && operations[toPoll.first()].state == Operation.State.ENDED;
    }

    @Override
    public boolean await(long timeoutNanos) throws InterruptedException {
        enter();
        try {
            long start = System.nanoTime();
            long limit = Math.max(0, timeoutNanos);
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while awaiting a completion; the operations go on");
                }
                long left = limit - (System.nanoTime() - start);
                synchronized (this) {
                    advance();
                    if (isPollable() || free.isFull() || left <= 0) {
                        return isPollable();
                    }
                    isUserAsleep = true;
                }
                runner.sleep(left);
            }
        } finally {
            isUserAsleep = false;
            leave();
        }
    }

    @Override
    public CancelResult cancel(long sequence) {
        enter();
        try {
            synchronized (this) {
                advance();
                Operation operation = sequence < 0 ? null : operations[(int) (sequence % operations.length)];
                if (operation == null || operation.sequence != sequence) {
                    return CancelResult.TOO_LATE;
                }
                return switch (operation.state) {
                    case FREE, ENDED -> CancelResult.TOO_LATE;
                    case PENDING -> {
                        pending.remove(operation.index);
                        end(operation, CopyStatus.CANCELLED, 0, 0);
                        yield CancelResult.CANCELLED;
                    }
                    case STARTED -> runner.cancel(operation);
                };
            }
        } finally {
            leave();
        }
    }

    @Override
    public void close() {
        close(System.nanoTime() + engine.dray().closeTimeoutNanos());
    }

    /** Also from another thread than the user's. A second close waits for the first, or goes on with it. */
    void close(long deadlineNanos) {
        synchronized (this) {
            closed = true;
            endPending(CopyStatus.CANCELLED);
        }
        if (!Waiting.until(this::isIdle, deadlineNanos)) {
            throw new CopyException(
                    CopyStatus.BUSY,
                    engine.id(),
                    "an operation of the channel has not ended within the bound; close again to wait for it");
        }
        synchronized (this) {
            if (!released) {
                released = true;
                runner.close();
                engine.forget(this);
            }
        }
    }

    private synchronized boolean isIdle() {
        advance();
        return started == 0;
    }

    /** Takes note of what has ended; also for somebody who waits for a region that an operation may be using. */
    synchronized void advance() {
        if (!released) {
            runner.progress();
        }
    }

    /** The thread that is inside this channel. */
    @Nullable
    Thread user() {
        return user.get();
    }

    /** One thread at a time; that thread may come again from inside a handler. */
    private void enter() {
        Thread current = Thread.currentThread();
        if (user.get() != current && !user.compareAndSet(null, current)) {
            throw new IllegalStateException(
                    "another thread uses this channel just now, and a channel is used by one thread at a time");
        }
        nesting++;
    }

    private void leave() {
        nesting--;
        if (nesting == 0) {
            user.set(null);
        }
    }
}
