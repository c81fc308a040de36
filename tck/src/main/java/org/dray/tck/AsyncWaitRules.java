package org.dray.tck;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dray.CopyChannel;
import org.dray.CopyStatus;

/** Rules about waiting for completions. */
abstract class AsyncWaitRules extends RuleGroup {
    static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int CAPACITY = 16;
    private static final int LARGE_BYTES = 1 << 20;
    private static final long LONG_NANOS = Tally.LIMIT.toNanos();
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Verifies(Rule.ASYNC_15)
    final void async15_awaitAnswersAtOnceIfThereIsNothingToWaitFor() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        requireAtOnce(channel, LONG_NANOS, false, "before the first submit");
        track.submitFirst(channel, 1);
        if (track.isHeldByBrake()) {
            requireAtOnce(channel, 0, false, "for 0 ns");
            requireAtOnce(channel, Long.MIN_VALUE, false, "for a negative time");
        }
        brake.release();
        Expect.that(Tally.await(channel, LONG_NANOS), "await is false after an operation has ended");
        requireAtOnce(channel, 0, true, "for 0 ns, when something can be polled");
        requireAtOnce(channel, LONG_NANOS, true, "when something can be polled");
        new Tally().drain(channel, 1);
        requireAtOnce(channel, LONG_NANOS, false, "when everything was polled");
    }

    private static void requireAtOnce(CopyChannel channel, long nanos, boolean expected, String when) {
        long start = System.nanoTime();
        Expect.same(expected, Tally.await(channel, nanos), "await " + when);
        long took = System.nanoTime() - start;
        Expect.that(took < AT_ONCE_NANOS, "await " + when + " took " + Duration.ofNanos(took));
    }

    @Verifies(Rule.ASYNC_16)
    final void async16_awaitThatTimesOutEndsNothing() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), 4, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        List<Long> sequences = track.submitFirst(channel, 4);
        for (long nanos : new long[] {1, 1000, TimeUnit.MILLISECONDS.toNanos(2)}) {
            boolean hasEnded = Tally.await(channel, nanos);
            Expect.that(!hasEnded || !track.isHeldByBrake(), "await is true and nothing has ended");
        }
        brake.release();
        Tally tally = new Tally().drain(channel, 4);
        tally.requireOnce(sequences);
        tally.requireStatuses(CopyStatus.OK);
        track.requireCopied(3);
    }

    @Verifies(Rule.ASYNC_17)
    final void async17_awaitSleeps() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isCurrentThreadCpuTimeSupported()) {
            throw new NotRun("this JVM does not count the processor time of threads");
        }
        Brake brake = scene().brake();
        Track track = Track.of(scene(), CAPACITY, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        track.submitFirst(channel, CAPACITY);
        long worked = -threads.getCurrentThreadCpuTime();
        long waited = -System.nanoTime();
        if (track.isHeldByBrake()) {
            Expect.that(!Tally.await(channel, SLEEP_NANOS), "await is true, nothing has ended");
        } else {
            Expect.that(Tally.await(channel, LONG_NANOS), "await is false, and everything has ended");
        }
        worked += threads.getCurrentThreadCpuTime();
        waited += System.nanoTime();
        // A wait of a moment tells nothing: the clocks are coarse.
        long asked = track.isHeldByBrake() ? SLEEP_NANOS : waited;
        boolean sleeps = waited < TimeUnit.MILLISECONDS.toNanos(50) || worked < asked / 2;
        Expect.that(sleeps, "await of " + waited + " ns took " + worked + " ns of a processor");
        brake.release();
        new Tally().drain(channel, CAPACITY);
    }

    @Verifies(Rule.ASYNC_18)
    final void async18_interruptEndsTheWaitAndNothingElse() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        List<Long> sequences = track.submitFirst(channel, CAPACITY);
        Thread.currentThread().interrupt();
        requireInterrupted(channel, "when it was interrupted before");
        if (track.isHeldByBrake()) {
            interruptWhenAsleep(Thread.currentThread());
            requireInterrupted(channel, "when it is interrupted");
        }
        brake.release();
        Tally tally = new Tally().drain(channel, CAPACITY);
        tally.requireOnce(sequences);
        tally.requireStatuses(CopyStatus.OK);
    }

    private static void requireInterrupted(CopyChannel channel, String when) {
        try {
            boolean answer = channel.await(LONG_NANOS);
            boolean wasInterrupted = Thread.interrupted();
            throw new AssertionError("await " + when + " answers " + answer + ", the thread "
                    + (wasInterrupted ? "is still" : "is not") + " interrupted");
        } catch (InterruptedException expected) {
            Expect.that(!Thread.currentThread().isInterrupted(), "the interrupt that await threw is still set");
        }
    }

    private static void interruptWhenAsleep(Thread sleeper) {
        Thread other = new Thread(
                () -> {
                    Patience.until(Duration.ofSeconds(5), () -> sleeper.getState() == Thread.State.TIMED_WAITING);
                    sleeper.interrupt();
                },
                "dray-tck-interrupt");
        other.setDaemon(true);
        other.start();
    }
}
