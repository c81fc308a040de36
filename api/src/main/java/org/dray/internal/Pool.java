package org.dray.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that run asynchronous copies if the program gives none: made when needed, and gone when idle. */
final class Pool {
    private static final int MAX_THREADS = 8;
    private static final int MAX_WAITING = 4096;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    Pool() {
        int count = Math.max(2, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        AtomicInteger made = new AtomicInteger();
        // The queue is an array: handing over a task leaves no garbage.
        this.threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(null, task, "dray-copy-" + made.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    Executor executor() {
        return threads;
    }

    /** Ends the threads, which have nothing to do any more. An interrupt of this thread is kept for later. */
    void close(long deadlineNanos) {
        threads.shutdown();
        Waiting.until(threads::isTerminated, deadlineNanos);
    }
}
