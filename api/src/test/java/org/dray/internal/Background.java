package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Something that another thread does during a test. */
final class Background<T> {
    private static final long BOUND_SECONDS = 60;

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(task, "background");
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Background<T> run(Callable<T> body) {
        return new Background<>(body);
    }

    static Background<Void> run(Runnable body) {
        return new Background<>(() -> {
            body.run();
            return null;
        });
    }

    Thread thread() {
        return thread;
    }

    T get() throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the thread has got somewhere, and sees that it has not ended there. */
    void awaitBlockedOn(BooleanSupplier place) {
        await(place);
        assertThat(task.isDone()).as("waits").isFalse();
    }

    static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("bound of the test").isNegative();
            Thread.onSpinWait();
        }
    }
}
