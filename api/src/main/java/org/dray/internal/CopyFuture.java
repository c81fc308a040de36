package org.dray.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.dray.CopyException;
import org.dray.CopyStatus;

/** One copy on the executor. Cancelling it ends the copy at its next step. */
final class CopyFuture extends CompletableFuture<Void> implements Runnable {
    private final EngineCore engine;
    private final Operation operation;
    private final Consumer<CopyFuture> ended;
    private final AtomicBoolean taken = new AtomicBoolean();

    CopyFuture(EngineCore engine, Operation operation, Consumer<CopyFuture> ended) {
        this.engine = engine;
        this.operation = operation;
        this.ended = ended;
    }

    @Override
    public void run() {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        engine.copier().perform(operation);
        ended.accept(this);
        if (operation.status == CopyStatus.OK) {
            complete(null);
        } else {
            CopyException failure = operation.failure;
            completeExceptionally(failure != null ? failure : failure(operation.status));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        operation.cancelRequested = true;
        if (taken.compareAndSet(false, true)) {
            ended.accept(this);
        }
        return super.cancel(mayInterruptIfRunning);
    }

    /** By the copy itself, or by somebody who will not wait for it any longer, as {@link #orTimeout} does. */
    @Override
    public boolean completeExceptionally(Throwable failure) {
        operation.cancelRequested = true;
        return super.completeExceptionally(failure);
    }

    /** As {@link #completeExceptionally}. */
    @Override
    public boolean complete(Void nothing) {
        operation.cancelRequested = true;
        return super.complete(null);
    }

    /** The engine is being closed. */
    void stop() {
        fail(failure(CopyStatus.CANCELLED));
    }

    /** Ends a copy that has not begun, and tells one that has to end. */
    void fail(CopyException failure) {
        operation.cancelRequested = true;
        if (taken.compareAndSet(false, true)) {
            ended.accept(this);
            completeExceptionally(failure);
        }
    }

    private CopyException failure(CopyStatus status) {
        String what = status == CopyStatus.CANCELLED ? "the copy was ended before it began" : "the copy failed";
        return new CopyException(status, engine.id(), what);
    }

    /** Dependent stages are ordinary futures. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
