package org.dray.tck;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dray.AddressSpace.Kind;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** Rules about memory and lifetimes under operations that are in flight. */
abstract class AsyncCloseRules extends RuleGroup {
    static final int KEPT_BYTES = 12_288;

    private static final int CAPACITY = 16;
    private static final int LARGE_BYTES = 1 << 17;
    private static final int WATCHED_SLOT_BYTES = LARGE_BYTES + 4096;

    static final int WATCHED_BYTES = CAPACITY * WATCHED_SLOT_BYTES;

    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration BOUND = Duration.ofSeconds(10);

    @Verifies(Rule.ASYNC_25)
    final void async25_memoryStaysUntilItsCompletionIsPolled() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), 1, KEPT_BYTES);
        CopyChannel channel = track.open(CAPACITY);
        List<MemoryRegion> regions = new ArrayList<>();
        WeakReference<ByteBuffer> memory = submitAndDrop(track, channel, regions);
        for (int i = 0; i < effort().rounds(5, 2); i++) {
            System.gc();
        }
        Expect.that(memory.get() != null, "the memory of an accepted operation was collected");
        brake.release();
        new Tally().drain(channel, 1).requireStatuses(CopyStatus.OK);
        regions.forEach(MemoryRegion::close);
        regions.clear();
        Expect.that(
                Patience.collectingUntil(SETTLE, () -> memory.get() == null),
                "memory is kept although its operation was polled and its region closed");
        new Tally().drain(channel, 0);
    }

    /** Takes memory that nobody else refers to for the side of the copy that is in this process. */
    private WeakReference<ByteBuffer> submitAndDrop(Track track, CopyChannel channel, List<MemoryRegion> regions) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(track.slotBytes());
        MemoryRegion near = scene().dray().wrap(buffer);
        regions.add(near);
        boolean isSource = track.info().route().source() == Kind.LOCAL;
        boolean isDestination = !isSource && track.info().route().destination() == Kind.LOCAL;
        Track.accepted(channel.submit(
                isSource ? near : track.source().region(),
                0,
                isDestination ? near : track.destination().region(),
                0,
                track.slotBytes(),
                0,
                0));
        return new WeakReference<>(buffer);
    }

    @Verifies(Rule.ASYNC_26)
    final void async26_closedChannelEndsWhatItHad() {
        Brake brake = scene().brake();
        Track track = Track.of(scene(), CAPACITY, LARGE_BYTES);
        for (int round = 0; round < effort().rounds(20, 3); round++) {
            CopyChannel channel = track.open(CAPACITY);
            List<Long> sequences = track.submitFirst(channel, CAPACITY);
            channel.close();
            track.poison();
            Expect.same(CopyChannel.CHANNEL_CLOSED, track.submit(channel, 0), "a submit to a closed channel");
            brake.release();
            Tally tally = new Tally().drain(channel, CAPACITY);
            tally.requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
            track.destination().expectAll(Track.POISON, "the destination after the channel was closed");
            channel.close();
        }
    }

    @Verifies(Rule.ASYNC_27)
    final void async27_closedRegionEndsItsOperations() {
        Brake brake = scene().brake();
        for (int round = 0; round < effort().rounds(20, 3); round++) {
            Track track = Track.of(scene(), CAPACITY, WATCHED_SLOT_BYTES);
            CopyChannel channel = track.open(CAPACITY);
            List<Long> sequences = track.submitFirst(channel, CAPACITY);
            track.destination().region().close();
            track.poison();
            Expect.refused(IllegalStateException.class, "a submit to a closed region", () -> track.submit(channel, 0));
            brake.release();
            Tally tally = new Tally().drain(channel, CAPACITY);
            tally.requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
            track.requireUntouched(0);
            track.requireUntouched(CAPACITY - 1);
        }
    }

    @Verifies(Rule.ASYNC_28)
    final void async28_closedDrayEndsAllOperations() {
        Brake brake = scene().brake();
        for (int round = 0; round < effort().rounds(10, 3); round++) {
            Track track = Track.of(scene(), CAPACITY, LARGE_BYTES);
            CopyChannel channel = track.open(CAPACITY);
            List<Long> sequences = track.submitFirst(channel, CAPACITY);
            long start = System.nanoTime();
            scene().dray().close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Expect.that(took.compareTo(BOUND) < 0, "Dray's close took " + took);
            boolean isReachable = !(track.destination() instanceof SpacePlace);
            if (isReachable) {
                track.poison();
            }
            Expect.same(CopyChannel.CHANNEL_CLOSED, track.submit(channel, 0), "a submit after Dray was closed");
            brake.release();
            Tally tally = new Tally().drain(channel, CAPACITY);
            tally.requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
            if (isReachable) {
                track.destination().expectAll(Track.POISON, "the destination after Dray was closed");
            }
            scene().reopen();
        }
    }
}
