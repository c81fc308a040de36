package org.dray.tck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.dray.CopyException;

/** Threads that do something at once. */
final class Race {
    /** The outcome of what threw nothing. */
    static final String OK = "OK";

    private static final long LIMIT_SECONDS = 20;

    private Race() {}

    /** Lets several threads begin together; gives the outcome of each. */
    static List<String> of(int threads, Runnable action) {
        return of(Collections.nCopies(threads, action));
    }

    static List<String> of(List<Runnable> actions) {
        CyclicBarrier start = new CyclicBarrier(actions.size());
        List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (Runnable action : actions) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                            outcomes.add(outcome(action));
                        } catch (Exception e) {
                            outcomes.add("not started: " + e);
                        }
                    },
                    "dray-tck-race");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        joinAll(threads);
        return List.copyOf(outcomes);
    }

    /** {@link #OK}, the status of a CopyException, or the simple name of another exception. */
    static String outcome(Runnable action) {
        try {
            action.run();
            return OK;
        } catch (CopyException e) {
            return e.status().name();
        } catch (RuntimeException | Error e) {
            return e.getClass().getSimpleName();
        }
    }

    private static void joinAll(List<Thread> threads) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        for (Thread thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted during a race", e);
            }
            if (thread.isAlive()) {
                throw new AssertionError(
                        "a thread has not ended within " + LIMIT_SECONDS + " s: " + List.of(thread.getStackTrace()));
            }
        }
    }
}
