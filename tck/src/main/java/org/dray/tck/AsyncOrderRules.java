package org.dray.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** Rules about the order of operations, and about those that fail. */
abstract class AsyncOrderRules extends RuleGroup {
    static final int LARGE_BYTES = 1 << 18;

    private static final int CAPACITY = 16;
    private static final Set<Integer> FAILING = Set.of(0, 7, 14, 15);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofSeconds(10);

    @Verifies(Rule.ASYNC_09)
    final void async09_completionsComeInOrderIfAsked() {
        Track track = Track.of(scene(), 4, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY, true);
        Tally tally = new Tally();
        for (int round = 0; round < effort().rounds(200, 5); round++) {
            for (int i = 0; i < CAPACITY; i++) {
                long lengthBytes = i % 4 == 0 ? track.slotBytes() : track.info().alignmentBytes();
                Track.accepted(channel.submit(
                        track.source().region(), 0, track.destination().region(), 0, lengthBytes, i, 0));
            }
            tally.clear();
            Expect.same(
                    LongStream.range(0, CAPACITY).boxed().toList(),
                    tally.drain(channel, CAPACITY).tags(),
                    "the order of the completions");
        }
    }

    /** Two operations write the same bytes; what the second wrote must be there at the end. */
    @Verifies(Rule.ASYNC_10)
    final void async10_fencedOperationStartsAfterAllBefore() {
        Track track = Track.of(scene(), 8, LARGE_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        Tally tally = new Tally();
        for (int round = 0; round < effort().rounds(200, 10); round++) {
            for (int slot = 0; slot < 4; slot++) {
                Track.accepted(track.submit(channel, slot));
            }
            for (int slot = 0; slot < 4; slot++) {
                Track.accepted(track.submit(channel, slot + 4, slot, slot == 0 ? CopyChannel.FENCE : 0));
            }
            tally.clear();
            tally.drain(channel, 8).requireStatuses(CopyStatus.OK);
            for (int slot = 0; slot < 4; slot++) {
                track.requireCopied(slot + 4, slot);
            }
        }
    }

    @Verifies(Rule.ASYNC_11)
    final void async11_fencedOperationAfterAFailureIsNotAttempted() {
        Track track = Track.far(scene(), peer(), "living", 4, 64, false);
        Track stale = stale();
        CopyChannel channel = track.open(CAPACITY);
        Tally tally = new Tally();
        track.submitFirst(channel, 1);
        tally.drain(channel, 1);
        long failing = Track.accepted(stale.submit(channel, 0));
        long free = Track.accepted(track.submit(channel, 1));
        long fenced = Track.accepted(track.submit(channel, 2, 2, CopyChannel.FENCE));
        long second = Track.accepted(track.submit(channel, 3, 3, CopyChannel.FENCE));
        tally.drain(channel, 5);
        Expect.same(CopyStatus.TOKEN_STALE, tally.status(failing), "what became of the copy that must fail");
        Expect.same(CopyStatus.OK, tally.status(free), "what became of the one without fence");
        for (long sequence : new long[] {fenced, second}) {
            Expect.same(CopyStatus.NOT_ATTEMPTED, tally.status(sequence), "what became of a fenced one");
            Expect.same(0L, tally.of(sequence).bytesDone(), "its bytes done");
        }
        track.requireCopied(1);
        track.requireUntouched(2);
        track.requireUntouched(3);
        long next = Track.accepted(track.submit(channel, 2, 2, CopyChannel.FENCE));
        Expect.same(CopyStatus.OK, tally.drain(channel, 6).status(next), "a fenced one after the failure was polled");
        track.requireCopied(2);
    }

    @Verifies(Rule.ASYNC_12)
    final void async12_failedOperationLeavesTheOthersAlone() {
        Track track = Track.far(scene(), peer(), "living", CAPACITY, 64, false);
        Track stale = stale();
        CopyChannel channel = track.open(CAPACITY);
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            sequences.add(FAILING.contains(i) ? stale.submit(channel, i) : track.submit(channel, i));
        }
        Tally tally = new Tally().drain(channel, CAPACITY);
        tally.requireOnce(sequences);
        for (int i = 0; i < CAPACITY; i++) {
            boolean fails = FAILING.contains(i);
            Expect.same(
                    fails ? CopyStatus.TOKEN_STALE : CopyStatus.OK,
                    tally.status(sequences.get(i)),
                    "what became of operation " + i);
            if (fails) {
                track.requireUntouched(i);
            } else {
                track.requireCopied(i);
            }
        }
    }

    /** A way to memory that its owner has closed. */
    private Track stale() {
        Track track = Track.far(scene(), peer(), "closed", CAPACITY, 64, false);
        peer().close("closed");
        return track;
    }

    @Verifies(Rule.ASYNC_13)
    final void async13_ownerKilledEndsItsOperations() {
        Track living = Track.far(scene(), peer(), "living", 4, 64, false);
        Peer owner = scene().ownPeer();
        Track track = Track.far(scene(), owner, "far", CAPACITY, LARGE_BYTES, false);
        CopyChannel channel = track.open(CAPACITY);
        List<Long> sequences = new ArrayList<>(track.submitFirst(channel, CAPACITY));
        owner.kill();
        long start = System.nanoTime();
        Tally tally = new Tally().drain(channel, CAPACITY);
        sequences.add(Track.accepted(track.submit(channel, 0)));
        tally.drain(channel, CAPACITY + 1).requireOnce(sequences);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expect.that(took.compareTo(SOON) < 0, "operations of a killed owner ended after " + took);
        tally.requireStatuses(CopyStatus.OK, CopyStatus.PEER_GONE);
        Expect.same(
                CopyStatus.PEER_GONE, tally.status(sequences.get(CAPACITY)), "an operation after the owner's death");
        Track.accepted(living.submit(channel, 0));
        tally.drain(channel, CAPACITY + 2);
        living.requireCopied(0);
    }

    @Verifies(Rule.ASYNC_40)
    final void async40_stoppedOwnerHangsNobody() {
        requireSlowRun();
        RawMemory.require();
        Peer owner = scene().ownPeer();
        Track track = Track.far(scene(), owner, "far", 4, 64, false);
        CopyChannel channel = track.open(CAPACITY);
        Tally tally = new Tally();
        RawMemory.stop(owner.pid());
        List<Long> sequences;
        try {
            long start = System.nanoTime();
            sequences = track.submitFirst(channel, 1);
            tally.drain(channel, 1).requireOnce(sequences);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Expect.that(took.compareTo(BOUND) < 0, "an operation on a stopped owner ended after " + took);
        } finally {
            RawMemory.resume(owner.pid());
        }
        tally.requireStatuses(CopyStatus.OK, CopyStatus.TIMEOUT);
        Track.accepted(track.submit(channel, 1));
        Expect.same(CopyStatus.OK, tally.drain(channel, 2).completions().get(1).status(), "after the owner continued");
        track.requireCopied(1);
    }

    @Verifies(Rule.ASYNC_14)
    final void async14_ownersCloseEndsItsOperations() {
        for (int round = 0; round < effort().rounds(10, 2); round++) {
            String name = "far" + round;
            Track track = Track.far(scene(), peer(), name, CAPACITY, LARGE_BYTES, true);
            MemoryRegion far = track.source() instanceof FarPlace
                    ? track.source().region()
                    : track.destination().region();
            CopyChannel channel = track.open(2 * CAPACITY);
            List<Long> sequences = new ArrayList<>(track.submitFirst(channel, CAPACITY));
            Tally tally = closeWhilePolling(name, channel);
            track.poison();
            for (int slot = 0; slot < CAPACITY; slot++) {
                sequences.add(Track.accepted(track.submit(channel, slot)));
            }
            tally.drain(channel, sequences.size()).requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK, CopyStatus.TOKEN_STALE);
            for (long sequence : sequences.subList(CAPACITY, sequences.size())) {
                Expect.same(CopyStatus.TOKEN_STALE, tally.status(sequence), "an operation after the owner's close");
            }
            if (track.destination().region() == far) {
                track.requireUntouched(0);
                track.requireUntouched(CAPACITY - 1);
            }
            far.close();
        }
    }

    /** Lets the owner close its region. Operations of a device's queue may end only while their channel is used. */
    private Tally closeWhilePolling(String name, CopyChannel channel) {
        Tally tally = new Tally();
        AtomicBoolean isClosed = new AtomicBoolean();
        Runnable closing = () -> {
            try {
                peer().close(name);
            } finally {
                isClosed.set(true);
            }
        };
        Runnable polling = () -> {
            while (!isClosed.get()) {
                Tally.await(channel, TimeUnit.MILLISECONDS.toNanos(1));
                channel.poll(tally, Tally.MANY);
            }
        };
        Expect.outcomes(Race.of(List.of(closing, polling)), Race.OK);
        return tally;
    }
}
