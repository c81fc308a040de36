package org.dray.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.dray.CopyChannel;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;

/** Rules about cancelling. */
abstract class CancelRules extends RuleGroup {
    private static final int CAPACITY = 16;
    private static final int LARGE_BYTES = 1 << 17;

    @Verifies(Rule.CANCEL_01)
    final void cancel01_answersAreTrue() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), CAPACITY, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        SplittableRandom random = scene().seeded().random();
        for (int round = 0; round < effort().rounds(200, 8); round++) {
            List<Long> sequences = track.submitFirst(channel, CAPACITY);
            List<Long> left = new ArrayList<>(sequences);
            Tally tally = new Tally();
            while (!left.isEmpty()) {
                long sequence = left.remove(random.nextInt(left.size()));
                CancelResult answer = channel.cancel(sequence);
                if (answer != CancelResult.PENDING) {
                    channel.poll(tally, Tally.MANY);
                    CopyStatus status = tally.status(sequence);
                    Expect.that(
                            answer == CancelResult.TOO_LATE || status == CopyStatus.CANCELLED,
                            "cancel answered " + answer + ", and the completion says " + status);
                }
                boolean isWaiting = round == 0 && track.isHeldByBrake();
                Expect.that(
                        !isWaiting || answer == CancelResult.CANCELLED,
                        "cancel answered " + answer + " for an operation that cannot have started");
            }
            brake.release();
            tally.drain(channel, CAPACITY).requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
        }
    }

    @Verifies(Rule.CANCEL_02)
    final void cancel02_cancelledOperationWritesNothing() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), CAPACITY, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        for (int round = 0; round < effort().rounds(100, 6); round++) {
            List<Long> sequences = track.submitFirst(channel, CAPACITY);
            List<Integer> cancelled = new ArrayList<>();
            for (int slot = CAPACITY - 1; slot >= 0; slot -= 2) {
                if (channel.cancel(sequences.get(slot)) == CancelResult.CANCELLED) {
                    cancelled.add(slot);
                    track.poison(slot);
                }
            }
            brake.release();
            Tally tally = new Tally().drain(channel, CAPACITY);
            cancelled.forEach(track::requireUntouched);
            for (int slot = 0; slot < CAPACITY; slot++) {
                if (tally.status(sequences.get(slot)) == CopyStatus.OK) {
                    track.requireCopied(slot);
                }
            }
        }
    }

    @Verifies(Rule.CANCEL_03)
    final void cancel03_unknownAndEndedOperationsAreTooLate() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        for (long unknown : new long[] {0, 1, 1000, -1, CopyChannel.CHANNEL_CLOSED, Long.MIN_VALUE, Long.MAX_VALUE}) {
            requireTooLate(channel, unknown, "an unknown sequence");
        }
        List<Long> sequences = track.submitFirst(channel, 4);
        requireTooLate(channel, sequences.get(3) + 1000, "a sequence of the future");
        Expect.that(channel.cancel(sequences.get(0)) != null, "no answer");
        CancelResult second = channel.cancel(sequences.get(0));
        brake.release();
        Tally tally = new Tally().drain(channel, 4);
        boolean wasCancelled = tally.status(sequences.get(0)) == CopyStatus.CANCELLED;
        Expect.that(
                second != CancelResult.CANCELLED,
                "a second cancel answered " + second + ", the operation was cancelled: " + wasCancelled);
        for (long sequence : sequences) {
            requireTooLate(channel, sequence, "a sequence that was polled");
        }
        long next = track.submitFirst(channel, 1).get(0);
        requireTooLate(channel, sequences.get(0), "an old sequence");
        Expect.same(CopyStatus.OK, tally.drain(channel, 5).status(next), "the next operation");
    }

    private static void requireTooLate(CopyChannel channel, long sequence, String what) {
        Expect.same(CancelResult.TOO_LATE, channel.cancel(sequence), "cancel of " + what + ", " + sequence + ",");
    }

    @Verifies(Rule.CANCEL_04)
    final void cancel04_stormAddsUp() {
        Track track = Track.of(scene(), CAPACITY, 4096);
        CopyChannel channel = track.open(CAPACITY);
        for (Rounds rounds = effort().paced(2000, 20); rounds.next(); ) {
            List<Long> sequences = new ArrayList<>();
            List<CancelResult> answers = new ArrayList<>();
            boolean isAtOnce = rounds.number() % 2 == 0;
            for (int slot = 0; slot < CAPACITY; slot++) {
                sequences.add(Track.accepted(track.submit(channel, slot)));
                if (isAtOnce) {
                    answers.add(channel.cancel(sequences.get(slot)));
                }
            }
            if (!isAtOnce) {
                sequences.forEach(it -> answers.add(channel.cancel(it)));
            }
            Tally tally = new Tally().drain(channel, CAPACITY);
            tally.requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
            for (int slot = 0; slot < CAPACITY; slot++) {
                CopyStatus status = tally.status(sequences.get(slot));
                if (status == CopyStatus.OK) {
                    track.requireCopied(slot);
                } else if (answers.get(slot) == CancelResult.CANCELLED) {
                    track.requireUntouched(slot);
                }
            }
            track.poison();
        }
    }

    @Verifies(Rule.CANCEL_05)
    final void cancel05_cancelledOperationKeepsItsPlace() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CopyChannel channel = track.open(2);
        long first = track.submitFirst(channel, 2).get(0);
        CancelResult answer = channel.cancel(first);
        Expect.same(CopyChannel.QUEUE_FULL, track.submit(channel, 2), "a submit after cancel answered " + answer);
        brake.release();
        Tally tally = new Tally();
        Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing can be polled");
        channel.poll(tally, 1);
        Track.accepted(track.submit(channel, 2));
        tally.drain(channel, 3);
    }

    @Verifies(Rule.CANCEL_06)
    final void cancel06_fencedOperationBehindACancelledOneIsNotAttempted() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), 4, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        for (int round = 0; round < effort().rounds(100, 5); round++) {
            track.poison();
            long cancelled = Track.accepted(track.submit(channel, 0));
            long fenced = Track.accepted(track.submit(channel, 1, 1, CopyChannel.FENCE));
            channel.cancel(cancelled);
            brake.release();
            Tally tally = new Tally().drain(channel, 2);
            boolean isAttempted = tally.status(cancelled) == CopyStatus.OK;
            Expect.same(
                    isAttempted ? CopyStatus.OK : CopyStatus.NOT_ATTEMPTED,
                    tally.status(fenced),
                    "what became of the fenced one behind one that ended " + tally.status(cancelled));
            if (!isAttempted) {
                track.requireUntouched(1);
            }
        }
    }

    @Verifies(Rule.CANCEL_07)
    final void cancel07_cancelledFutureWritesNothing() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), CAPACITY, LARGE_BYTES);
        CompletableFuture<Void> future = FutureRules.start(track, 0);
        Expect.that(future.cancel(true) && future.isCancelled(), "a future cannot be cancelled");
        brake.release();
        FutureRules.await(FutureRules.start(track, 1));
        track.requireUntouched(0);
        for (int round = 0; round < effort().rounds(50, 3); round++) {
            Track running = Track.of(scene(), CAPACITY, LARGE_BYTES);
            for (int slot = 0; slot < CAPACITY; slot++) {
                FutureRules.start(running, slot).cancel(true);
            }
            running.destination().region().close();
            running.poison();
            // The brake has one thread: what was given to it before has ended when this one has.
            FutureRules.await(FutureRules.start(track, 1));
            running.requireUntouched(0);
            running.requireUntouched(CAPACITY - 1);
        }
    }
}
