package org.dray.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** Rules about submitting to a channel and polling it. */
abstract class AsyncRules extends RuleGroup {
    static final int CAPACITY = 16;

    private static final int LONG_BYTES = (5 << 20) + 4096;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @Verifies(Rule.ASYNC_01)
    final void async01_eachAcceptedSubmitCompletesOnce() {
        Track track = Track.of(scene());
        SplittableRandom random = scene().seeded().random();
        Tally tally = new Tally();
        List<Long> accepted = new ArrayList<>();
        CopyChannel channel = track.open(CAPACITY);
        Rounds operations = effort().paced(100_000, 500);
        boolean goesOn = true;
        while (goesOn) {
            for (int i = random.nextInt(CAPACITY); i >= 0; i--) {
                long sequence = track.submit(channel, random.nextInt(track.slots()));
                if (sequence >= 0) {
                    accepted.add(sequence);
                    goesOn &= operations.next();
                } else {
                    Expect.same(CopyChannel.QUEUE_FULL, sequence, "the answer of a submit that is not accepted");
                }
            }
            int limit = random.nextInt(CAPACITY);
            int before = tally.size();
            int handed = channel.poll(tally, limit);
            Expect.same(tally.size() - before, handed, "what poll gives for the completions that it handed over");
        }
        tally.drain(channel, accepted.size()).requireOnce(accepted);
        tally.requireStatuses(CopyStatus.OK);
    }

    @Verifies(Rule.ASYNC_02)
    final void async02_completionTellsWhatItIsOf() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        Tally tally = new Tally();
        List<Long> tags = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40);
        for (int i = 0; i < tags.size(); i++) {
            int bytes = (int) track.info().alignmentBytes() * (i + 1) % track.slotBytes();
            long sequence = Track.accepted(channel.submit(
                    track.source().region(), 0, track.destination().region(), 0, bytes, tags.get(i), 0));
            tally.drain(channel, i + 1);
            Tally.Completion expected = new Tally.Completion(
                    sequence, tags.get(i), CopyStatus.OK, bytes, 0, track.info().route());
            Expect.same(expected, tally.completions().get(i), "the completion");
        }
    }

    @Verifies(Rule.ASYNC_03)
    final void async03_sequencesRise() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        Tally tally = new Tally();
        long last = -1;
        for (Rounds rounds = effort().paced(5000, 20); rounds.next(); ) {
            int operations = 1 + rounds.number() % CAPACITY;
            for (long sequence : track.submitFirst(channel, operations)) {
                Expect.that(sequence > last, "sequence " + sequence + " follows " + last);
                last = sequence;
            }
            tally.clear();
            tally.drain(channel, operations);
        }
    }

    @Verifies(Rule.ASYNC_04)
    final void async04_fullChannelSaysSoUntilItIsPolled() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        long start = System.nanoTime();
        track.submitFirst(channel, CAPACITY);
        Expect.same(CopyChannel.QUEUE_FULL, track.submit(channel, 0), "a submit to a full channel");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expect.that(took.compareTo(AT_ONCE) < 0, "submits to a full channel took " + took);
        brake.release();
        Tally tally = new Tally();
        for (int polled = 1; polled <= CAPACITY; polled++) {
            Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing to poll after " + (polled - 1));
            Expect.same(1, channel.poll(tally, 1), "what a poll for one gives");
            Track.accepted(track.submit(channel, CAPACITY + polled));
            Expect.same(CopyChannel.QUEUE_FULL, track.submit(channel, 0), "a submit when the room is taken again");
        }
        tally.drain(channel, 2 * CAPACITY);
        track.submitFirst(channel, CAPACITY);
        Expect.same(CopyChannel.QUEUE_FULL, track.submit(channel, 0), "a submit to a channel that is full again");
        tally.drain(channel, 3 * CAPACITY);
        tally.requireStatuses(CopyStatus.OK);
    }

    @Verifies(Rule.ASYNC_05)
    final void async05_copiesThroughChannelsAreExactOnEveryRoute() {
        onEveryRoute((from, to, unit) -> {
            int wanted = Math.min(places().largestBytes(from, LONG_BYTES), places().largestBytes(to, LONG_BYTES));
            int lengthBytes = (int) (wanted / unit * unit);
            Place source = places().of(from, 1, lengthBytes);
            Place destination = places().of(to, 2, lengthBytes);
            Tally tally = new Tally();
            try (CopyChannel channel = engine().openChannel(new ChannelOptions(CAPACITY, false))) {
                Track.accepted(channel.submit(
                        source.region(), unit, destination.region(), 2 * unit, lengthBytes - 3 * unit, 0, 0));
                tally.drain(channel, 1).requireStatuses(CopyStatus.OK);
            }
            Expect.same(lengthBytes - 3 * unit, tally.completions().get(0).bytesDone(), "the bytes done");
            destination.expect(1, unit, 2 * unit, lengthBytes - 3 * unit, "the copied bytes");
            destination.expect(2, 0, 0, 2 * unit, "the bytes before");
            destination.expect(2, lengthBytes - unit, lengthBytes - unit, unit, "the bytes behind");
        });
    }

    @Verifies(Rule.ASYNC_06)
    @SuppressWarnings("NullAway") // to hand over what callers should not
    final void async06_mistakesAreThrownAndTakeNoPlace() {
        Track track = Track.of(scene());
        MemoryRegion from = track.source().region();
        MemoryRegion to = track.destination().region();
        long bytes = track.slotBytes();
        Track closed = Track.of(scene());
        closed.source().region().close();
        CopyChannel channel = track.open(1);
        record Mistake(MemoryRegion source, long sourceOffset, MemoryRegion destination, long offset, long length) {}
        List<Mistake> mistakes = List.of(
                new Mistake(from, -bytes, to, 0, bytes),
                new Mistake(from, from.byteSize(), to, 0, bytes),
                new Mistake(from, 0, to, Long.MAX_VALUE / bytes * bytes, bytes),
                new Mistake(from, 0, to, 0, -bytes),
                new Mistake(closed.source().region(), 0, to, 0, bytes),
                new Mistake(from, 0, from, 0, bytes));
        for (Mistake it : mistakes) {
            String copy =
                    Race.outcome(() -> engine().copy(it.source, it.sourceOffset, it.destination, it.offset, it.length));
            String submit = Race.outcome(
                    () -> channel.submit(it.source, it.sourceOffset, it.destination, it.offset, it.length, 0, 0));
            Expect.that(!copy.equals(Race.OK), "a mistake was accepted by copy: " + it);
            Expect.same(copy, submit, "what submit says to " + it);
        }
        Expect.refused(NullPointerException.class, "null as source", () -> channel.submit(null, 0, to, 0, bytes, 0, 0));
        Expect.refused(IllegalArgumentException.class, "unknown flags", () -> track.submit(channel, 0, 0, 2));
        track.submitFirst(channel, 1);
        new Tally().drain(channel, 1).requireStatuses(CopyStatus.OK);
        track.requireCopied(0);
        track.requireUntouched(1);
    }

    @Verifies(Rule.ASYNC_07)
    final void async07_zeroBytesCompleteOnce() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        MemoryRegion from = track.source().region();
        MemoryRegion to = track.destination().region();
        Tally tally = new Tally();
        Track.accepted(channel.submit(from, from.byteSize(), to, 0, 0, 7, 0));
        tally.drain(channel, 1).requireStatuses(CopyStatus.OK);
        Expect.same(0L, tally.completions().get(0).bytesDone(), "the bytes done");
        Expect.refused(
                IndexOutOfBoundsException.class,
                "zero bytes behind the end",
                () -> channel.submit(from, 2 * from.byteSize(), to, 0, 0, 7, 0));
        track.requireUntouched(0);
    }

    @Verifies(Rule.ASYNC_08)
    final void async08_pollKeepsToItsLimit() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY, true);
        Tally tally = new Tally();
        Expect.same(0, channel.poll(tally, Tally.MANY), "what poll gives before the first submit");
        List<Long> sequences = track.submitFirst(channel, CAPACITY);
        if (track.isHeldByBrake()) {
            Expect.same(0, channel.poll(tally, Tally.MANY), "what poll gives before anything has ended");
        }
        brake.release();
        Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing can be polled");
        Expect.same(0, channel.poll(tally, 0), "what poll gives for limit 0");
        Expect.refused(IllegalArgumentException.class, "limit -1", () -> channel.poll(tally, -1));
        Expect.same(0, tally.size(), "completions handed over within limit 0");
        for (int limit = 1; tally.size() < CAPACITY; limit++) {
            Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing can be polled");
            int before = tally.size();
            Expect.same(Math.min(channel.poll(tally, limit), limit), tally.size() - before, "handed within " + limit);
        }
        tally.drain(channel, CAPACITY).requireOnce(sequences);
    }
}
