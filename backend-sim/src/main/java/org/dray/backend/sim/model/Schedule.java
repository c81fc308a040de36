package org.dray.backend.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that take turns: one runs at a time, until it pauses or waits, and lots decide who goes on. Time is virtual:
 * it stands still while anybody can run, and leaps to the next moment for which somebody waits. The same seed gives the
 * same run, as far as the tasks do nothing but what depends on each other.
 */
public final class Schedule {
    private final SplittableRandom lots;
    private final List<Participant> living = new ArrayList<>();
    private final List<Integer> turns = new ArrayList<>();
    private long nowNanos;
    private @Nullable Participant running;
    private @Nullable Throwable failure;

    /** One thread; what it waits for is only looked at while the monitor is held. */
    private static final class Participant {
        final int index;
        LongSupplier wakeNanos = () -> Long.MIN_VALUE;

        @Nullable
        Thread thread;

        Participant(int index) {
            this.index = index;
        }
    }

    /** What a thread does. */
    public interface Task {
        /**
         * Runs to its end; takes part by {@link #pause} and {@link #await}.
         *
         * @throws Exception whatever it throws ends the whole run
         */
        void run() throws Exception;
    }

    /** Ends the other threads after one has failed. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("another task has failed", null, false, false);
        }
    }

    /**
     * Makes a schedule.
     *
     * @param seed of the lots
     */
    public Schedule(long seed) {
        lots = new SplittableRandom(seed);
    }

    /**
     * The virtual time.
     *
     * @return nanoseconds from 0 on
     */
    public synchronized long nowNanos() {
        return nowNanos;
    }

    /**
     * Whose turn it was, over and over: the replay of a run has the same list.
     *
     * @return indices of tasks
     */
    public synchronized List<Integer> turns() {
        return List.copyOf(turns);
    }

    /**
     * Runs tasks, each in a thread, until all have ended. Once for each schedule.
     *
     * @param tasks what they do
     * @throws InterruptedException if the caller is interrupted while they run
     * @throws IllegalStateException if one failed, with its exception as the cause, or if all wait for what never comes
     */
    public void run(List<? extends Task> tasks) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < tasks.size(); i++) {
                Participant participant = new Participant(i);
                Task task = tasks.get(i);
                Thread thread = new Thread(() -> take(participant, task), "dray-sim-task-" + i);
                participant.thread = thread;
                living.add(participant);
                threads.add(thread);
            }
            passOn();
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        synchronized (this) {
            if (failure != null) {
                throw new IllegalStateException("a task failed at " + nowNanos + " ns: " + failure, failure);
            }
        }
    }

    private void take(Participant participant, Task task) {
        try {
            awaitTurn(participant);
            task.run();
        } catch (Abandoned e) {
            // The failure is another task's.
        } catch (Throwable e) {
            fail(e);
        } finally {
            leave(participant);
        }
    }

    /** A point at which another thread may go on. */
    public void pause() {
        await(() -> Long.MIN_VALUE);
    }

    /**
     * Waits in virtual time.
     *
     * @param wakeNanos gives the time at which the caller goes on; {@link Long#MAX_VALUE} for never. Asked again
     *     whenever a turn ends, because what others do may change it
     */
    public void await(LongSupplier wakeNanos) {
        Participant participant;
        synchronized (this) {
            participant = living.stream()
                    .filter(it -> it.thread == Thread.currentThread())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("only a task of this schedule can wait in it"));
            participant.wakeNanos = wakeNanos;
            passOn();
        }
        awaitTurn(participant);
    }

    private synchronized void awaitTurn(Participant participant) {
        boolean interrupted = false;
        while (running != participant && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new Abandoned();
        }
    }

    private synchronized void leave(Participant participant) {
        living.remove(participant);
        passOn();
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
        notifyAll();
    }

    /** Lets one go on that can. */
    private synchronized void passOn() {
        running = null;
        if (living.isEmpty() || failure != null) {
            notifyAll();
            return;
        }
        long next =
                living.stream().mapToLong(it -> it.wakeNanos.getAsLong()).min().orElseThrow();
        if (next == Long.MAX_VALUE) {
            fail(new IllegalStateException("all " + living.size() + " tasks wait for what never comes"));
            return;
        }
        nowNanos = Math.max(nowNanos, next);
        List<Participant> able = living.stream()
                .filter(it -> it.wakeNanos.getAsLong() <= nowNanos)
                .toList();
        Participant chosen = able.get(lots.nextInt(able.size()));
        running = chosen;
        turns.add(chosen.index);
        notifyAll();
    }
}
