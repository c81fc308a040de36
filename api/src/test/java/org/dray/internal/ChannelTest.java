package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.Capability;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RouteInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every channel keeps; the two subclasses run it over a driver that only blocks and over one with a queue. */
@Timeout(60)
abstract class ChannelTest {
    private static final int BYTES = 256;
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int ENOUGH = 100;

    @RegisterExtension
    final Toys toys = new Toys();

    private final ByteBuffer sourceMemory = Toys.filled(BYTES, 1);
    private final ByteBuffer destinationMemory = Toys.empty(BYTES);
    private final List<Completion> completions = new ArrayList<>();
    private DrayCore dray;
    private CopyEngine engine;
    private MemoryRegion source;
    private MemoryRegion destination;

    private record Completion(long sequence, long tag, CopyStatus status, long bytesDone, int errno) {}

    abstract int queueDepth();

    @BeforeEach
    final void load() {
        toys.toy.queueDepth = queueDepth();
        dray = toys.load();
        engine = dray.engine("toy");
        source = engine.register(sourceMemory, Access.READ);
        destination = engine.register(destinationMemory, Access.READ_WRITE);
    }

    final CopyChannel open(int capacity, boolean inOrder) {
        return engine.openChannel(new ChannelOptions(capacity, inOrder));
    }

    private long submit(CopyChannel channel, long tag, int flags) {
        return channel.submit(source, tag, destination, tag, 1, tag, flags);
    }

    private int poll(CopyChannel channel, int limit) {
        return channel.poll(
                (sequence, tag, status, bytesDone, errno, route) ->
                        completions.add(new Completion(sequence, tag, status, bytesDone, errno)),
                limit);
    }

    final void pollAll(CopyChannel channel, int count) throws InterruptedException {
        while (completions.size() < count && channel.await(LONG_NANOS)) {
            poll(channel, ENOUGH);
        }
        assertThat(completions).hasSize(count);
    }

    final List<CopyStatus> statuses() {
        return completions.stream().map(Completion::status).toList();
    }

    /** Holds the first step until the gate is opened. */
    private Gate gate() {
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        return gate;
    }

    @Test
    final void everyOperationCompletesOnceWithItsTag() throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        try (CopyChannel channel = open(16, false)) {
            for (int i = 0; i < BYTES; i++) {
                long sequence = submit(channel, i, 0);
                while (sequence == CopyChannel.QUEUE_FULL) {
                    channel.await(LONG_NANOS);
                    poll(channel, 1);
                    sequence = submit(channel, i, 0);
                }
                sequences.add(sequence);
            }
            pollAll(channel, BYTES);
            assertThat(poll(channel, ENOUGH)).isZero();
        }
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
        assertThat(completions.stream().map(Completion::sequence)).containsExactlyInAnyOrderElementsOf(sequences);
        assertThat(completions).allSatisfy(it -> {
            assertThat(it.status).isEqualTo(CopyStatus.OK);
            assertThat(it.bytesDone).isEqualTo(1);
            assertThat(sequences.get((int) it.tag)).isEqualTo(it.sequence);
        });
        assertThat(destinationMemory).isEqualTo(sourceMemory);
    }

    @Test
    final void fullChannelSaysSoUntilItIsPolled() throws InterruptedException {
        try (CopyChannel channel = open(3, false)) {
            for (int i = 0; i < 3; i++) {
                assertThat(submit(channel, i, 0)).isNotNegative();
            }
            assertThat(submit(channel, 3, 0)).isEqualTo(CopyChannel.QUEUE_FULL);
            assertThat(channel.await(LONG_NANOS)).isTrue();
            assertThat(poll(channel, 1)).isEqualTo(1);
            assertThat(submit(channel, 3, 0)).isNotNegative();
            assertThat(submit(channel, 4, 0)).isEqualTo(CopyChannel.QUEUE_FULL);
            pollAll(channel, 4);
        }
    }

    @Test
    final void completionsComeInOrderIfAsked() throws InterruptedException {
        try (CopyChannel channel = open(8, true)) {
            for (int i = 0; i < 8; i++) {
                submit(channel, i, 0);
            }
            assertThat(channel.cancel(0)).isNotNull();
            pollAll(channel, 8);
        }
        assertThat(completions.stream().map(Completion::tag)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    final void cancelledLaterOperationWaitsForItsTurnInOrder() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(4, true)) {
            submit(channel, 0, 0);
            gate.awaitArrival();
            submit(channel, 1, CopyChannel.FENCE);
            long last = submit(channel, 2, CopyChannel.FENCE);
            assertThat(channel.cancel(last)).isEqualTo(CancelResult.CANCELLED);
            assertThat(poll(channel, ENOUGH)).isZero();
            gate.open();
            pollAll(channel, 3);
        }
        assertThat(statuses()).containsExactly(CopyStatus.OK, CopyStatus.OK, CopyStatus.CANCELLED);
    }

    @Test
    final void fenceWaitsForAllBefore() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(4, false)) {
            submit(channel, 0, 0);
            gate.awaitArrival();
            channel.submit(destination, 0, destination, 8, 1, 1, CopyChannel.FENCE);
            gate.open();
            pollAll(channel, 2);
        }
        assertThat(destinationMemory.get(8)).isEqualTo(sourceMemory.get(0));
    }

    @Test
    final void fenceAfterAFailureIsNotAttempted() throws InterruptedException {
        toys.toy.onStep = step -> step.sourceOffsetBytes() != 0 || step.failAfter(0, CopyStatus.DEVICE_HALTED, 5);
        try (CopyChannel channel = open(4, true)) {
            submit(channel, 0, 0);
            submit(channel, 1, CopyChannel.FENCE);
            submit(channel, 2, CopyChannel.FENCE);
            submit(channel, 3, 0);
            pollAll(channel, 4);
            assertThat(statuses())
                    .containsExactly(
                            CopyStatus.DEVICE_HALTED,
                            CopyStatus.NOT_ATTEMPTED,
                            CopyStatus.NOT_ATTEMPTED,
                            CopyStatus.OK);
            assertThat(completions.get(0).errno).isEqualTo(5);
            assertThat(completions.get(1).bytesDone).isZero();
            submit(channel, 4, CopyChannel.FENCE);
            completions.clear();
            pollAll(channel, 1);
        }
        assertThat(statuses()).containsExactly(CopyStatus.OK);
        assertThat(destinationMemory.get(1)).isZero();
    }

    @Test
    final void queuedOperationIsCancelledAtOnceAndStaysSo() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(4, false)) {
            submit(channel, 0, 0);
            gate.awaitArrival();
            long fenced = submit(channel, 1, CopyChannel.FENCE);
            assertThat(channel.cancel(fenced)).isEqualTo(CancelResult.CANCELLED);
            assertThat(poll(channel, ENOUGH)).isEqualTo(1);
            assertThat(channel.cancel(fenced)).isEqualTo(CancelResult.TOO_LATE);
            gate.open();
            pollAll(channel, 2);
        }
        assertThat(statuses()).containsExactly(CopyStatus.CANCELLED, CopyStatus.OK);
        assertThat(destinationMemory.get(1)).isZero();
    }

    @Test
    final void startedOperationIsPendingAndEndsBetweenItsSteps() throws Exception {
        toys.toy.info = toys.toy.info.maxTransferBytes(16);
        DrayCore stepping = toys.load();
        CopyEngine steps = stepping.engine("toy");
        Gate gate = gate();
        try (MemoryRegion from = steps.register(sourceMemory, Access.READ);
                MemoryRegion to = steps.register(destinationMemory, Access.WRITE);
                CopyChannel channel = steps.openChannel(new ChannelOptions(1, false))) {
            long sequence = channel.submit(from, 0, to, 0, 64, 7, 0);
            gate.awaitArrival();
            assertThat(channel.cancel(sequence)).isEqualTo(CancelResult.PENDING);
            gate.open();
            pollAll(channel, 1);
            assertThat(channel.cancel(sequence)).isEqualTo(CancelResult.TOO_LATE);
        }
        assertThat(completions).containsExactly(new Completion(0, 7, CopyStatus.CANCELLED, 16, 0));
        assertThat(destinationMemory.get(15)).isEqualTo(sourceMemory.get(15));
        assertThat(destinationMemory.get(16)).isZero();
    }

    @Test
    final void regionThatEndsWithItsFirstCopyIsCopiedInOneStep() throws Exception {
        toys.toy.countsUses = true;
        DrayCore peer = toys.load();
        AtomicInteger steps = new AtomicInteger();
        MemoryRegion once = engine.register(Toys.filled(9 << 20, 1), Access.READ, RegionOption.SINGLE_USE);
        MemoryRegion near = peer.wrap(Toys.empty(9 << 20));
        MemoryRegion far = peer.engine("toy").attach(once.token());
        toys.toy.onStep = step -> steps.incrementAndGet() > 0;
        try (CopyChannel channel = peer.engine("toy").openChannel(new ChannelOptions(1, false))) {
            channel.submit(far, 0, near, 0, 9 << 20, 7, 0);
            pollAll(channel, 1);
        }
        assertThat(completions).containsExactly(new Completion(0, 7, CopyStatus.OK, 9 << 20, 0));
        assertThat(steps).hasValue(1);
    }

    @Test
    final void unknownSequencesAreTooLate() {
        try (CopyChannel channel = open(4, false)) {
            for (long sequence : new long[] {0, -1, 1, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThat(channel.cancel(sequence)).as("%d", sequence).isEqualTo(CancelResult.TOO_LATE);
            }
        }
    }

    @Test
    final void closeCancelsWhatIsQueuedAndWaitsForWhatIsStarted() throws Exception {
        Gate gate = gate();
        CopyChannel channel = open(4, false);
        submit(channel, 0, 0);
        gate.awaitArrival();
        submit(channel, 1, CopyChannel.FENCE);
        Background<Void> closing = Background.run(channel::close);
        Background.await(() -> submit(channel, 2, 0) == CopyChannel.CHANNEL_CLOSED);
        gate.open();
        closing.get();
        channel.close();
        completions.removeIf(it -> it.tag == 2); // accepted before the other thread had closed
        poll(channel, ENOUGH);
        assertThat(completions.stream().filter(it -> it.tag < 2).map(Completion::status))
                .containsExactlyInAnyOrder(CopyStatus.OK, CopyStatus.CANCELLED);
        assertThat(destinationMemory.get(1)).isZero();
    }

    @Test
    final void closeThatTakesTooLongIsBusyAndCanBeRepeated() throws Exception {
        DrayCore hasty = toys.load(options -> options.closeTimeoutNanos(1_000_000));
        CopyEngine other = hasty.engine("toy");
        Gate gate = gate();
        MemoryRegion from = other.register(sourceMemory, Access.READ);
        MemoryRegion to = other.register(destinationMemory, Access.WRITE);
        CopyChannel channel = other.openChannel(new ChannelOptions(1, false));
        channel.submit(from, 0, to, 0, 1, 0, 0);
        gate.awaitArrival();
        assertThatThrownBy(channel::close)
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.BUSY));
        gate.open();
        pollAll(channel, 1);
        channel.close();
        assertThat(statuses()).containsExactly(CopyStatus.OK);
    }

    @Test
    final void closingARegionEndsWhatWaitsForItAndWaitsForWhatUsesIt() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(4, false)) {
            submit(channel, 0, 0);
            gate.awaitArrival();
            submit(channel, 1, CopyChannel.FENCE);
            Background<Void> closing = Background.run(destination::close);
            closing.awaitBlockedOn(() -> !destination.isOpen());
            assertThatThrownBy(() -> submit(channel, 2, 0)).isInstanceOf(IllegalStateException.class);
            gate.open();
            closing.get();
            pollAll(channel, 2);
        }
        assertThat(statuses()).containsExactlyInAnyOrder(CopyStatus.OK, CopyStatus.CANCELLED);
        assertThat(destinationMemory.get(1)).isZero();
    }

    @Test
    final void closingDrayEndsItsChannels() throws Exception {
        Gate gate = gate();
        CopyChannel channel = open(4, false);
        submit(channel, 0, 0);
        gate.awaitArrival();
        submit(channel, 1, CopyChannel.FENCE);
        Background<Void> closing = Background.run(dray::close);
        closing.awaitBlockedOn(() -> submit(channel, 2, 0) == CopyChannel.CHANNEL_CLOSED);
        gate.open();
        closing.get();
        poll(channel, ENOUGH);
        assertThat(statuses()).contains(CopyStatus.OK, CopyStatus.CANCELLED);
        assertThat(submit(channel, 3, 0)).isEqualTo(CopyChannel.CHANNEL_CLOSED);
    }

    @Test
    final void mistakesAreThrownAndTakeNoPlace() {
        MemoryRegion foreign = toys.load().engine("toy").register(Toys.empty(8), Access.READ);
        try (CopyChannel channel = open(1, false)) {
            assertThatThrownBy(() -> channel.submit(source, BYTES, destination, 0, 1, 0, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> channel.submit(destination, 0, source, 0, 1, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> channel.submit(foreign, 0, destination, 0, 1, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> channel.submit(destination, 0, destination, 1, 2, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("overlap");
            assertThatThrownBy(() -> channel.submit(source, 0, destination, 0, 1, 0, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("FENCE");
            assertThatThrownBy(() -> channel.poll((a, b, c, d, e, f) -> {}, -1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(submit(channel, 0, 0)).isNotNegative();
        }
    }

    @Test
    final void memoryThatTheEngineCannotUseIsRefusedAtTheSubmit() throws InterruptedException {
        toys.toy.info.without(Capability.SEGMENTS).overlap(RouteInfo.Overlap.MEMMOVE);
        DrayCore plain = toys.load();
        CopyEngine other = plain.engine("toy");
        MemoryRegion scattered = plain.wrap(List.of(Toys.empty(8), Toys.empty(8)));
        MemoryRegion near = plain.wrap(Toys.empty(8));
        MemoryRegion own = other.allocate(8, Access.READ_WRITE);
        try (CopyChannel channel = other.openChannel(new ChannelOptions(1, false))) {
            assertThatThrownBy(() -> channel.submit(own, 0, scattered, 0, 8, 0, 0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("SEGMENTS");
            assertThatThrownBy(() -> other.copyAsync(scattered, 0, own, 0, 8))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(channel.submit(own, 0, near, 0, 8, 0, 0)).isNotNegative();
            pollAll(channel, 1);
        }
        assertThat(statuses()).containsExactly(CopyStatus.OK);
    }

    @Test
    final void noBytesCompleteToo() throws InterruptedException {
        try (CopyChannel channel = open(1, false)) {
            channel.submit(source, 0, destination, 0, 0, 5, 0);
            pollAll(channel, 1);
        }
        assertThat(completions).containsExactly(new Completion(0, 5, CopyStatus.OK, 0, 0));
    }

    @Test
    final void otherThreadIsRefusedWhileOneIsInside() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(2, false)) {
            submit(channel, 0, 0);
            gate.awaitArrival();
            Background<Boolean> awaiting = Background.run(() -> channel.await(LONG_NANOS));
            Background.await(() -> awaiting.thread().getState() == Thread.State.TIMED_WAITING);
            assertThatThrownBy(() -> poll(channel, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> channel.cancel(0)).isInstanceOf(IllegalStateException.class);
            gate.open();
            assertThat(awaiting.get()).isTrue();
            assertThat(poll(channel, 1)).isEqualTo(1);
        }
    }

    @Test
    final void interruptEndsTheAwaitAndNotTheOperation() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(2, false)) {
            submit(channel, 0, 0);
            gate.awaitArrival();
            Background<Boolean> awaiting = Background.run(() -> channel.await(LONG_NANOS));
            Background.await(() -> awaiting.thread().getState() == Thread.State.TIMED_WAITING);
            awaiting.thread().interrupt();
            assertThatThrownBy(awaiting::get).hasCauseInstanceOf(InterruptedException.class);
            gate.open();
            pollAll(channel, 1);
        }
        assertThat(statuses()).containsExactly(CopyStatus.OK);
    }

    @Test
    final void awaitEndsWithItsTimeAndAtOnceIfThereIsNothingToComeFor() throws Exception {
        Gate gate = gate();
        try (CopyChannel channel = open(2, false)) {
            assertThat(channel.await(LONG_NANOS)).isFalse();
            submit(channel, 0, 0);
            gate.awaitArrival();
            assertThat(channel.await(1_000_000)).isFalse();
            assertThat(channel.await(0)).isFalse();
            assertThat(channel.await(Long.MIN_VALUE)).isFalse();
            gate.open();
            assertThat(channel.await(Long.MAX_VALUE)).isTrue();
            assertThat(poll(channel, 0)).isZero();
            assertThat(poll(channel, 1)).isEqualTo(1);
            assertThat(channel.await(LONG_NANOS)).isFalse();
        }
    }

    @Test
    final void handlerMaySubmitAndCloseAndThrow() throws InterruptedException {
        CopyChannel channel = open(2, false);
        submit(channel, 0, 0);
        submit(channel, 1, CopyChannel.FENCE);
        assertThat(channel.await(LONG_NANOS)).isTrue();
        assertThatThrownBy(() -> channel.poll(
                        (sequence, tag, status, bytesDone, errno, route) -> {
                            assertThat(submit(channel, 2, CopyChannel.FENCE)).isNotNegative();
                            throw new IllegalArgumentException("handler");
                        },
                        ENOUGH))
                .hasMessage("handler");
        pollAll(channel, 2);
        submit(channel, 3, 0);
        assertThat(channel.await(LONG_NANOS)).isTrue();
        channel.poll((sequence, tag, status, bytesDone, errno, route) -> channel.close(), 1);
        assertThat(submit(channel, 4, 0)).isEqualTo(CopyChannel.CHANNEL_CLOSED);
    }

    @Test
    final void failuresOfTheDriverAreDelivered() throws InterruptedException {
        toys.toy.onStep = step -> {
            if (step.sourceOffsetBytes() == 0) {
                return step.failAfter(3, CopyStatus.BAD_LOCAL_ADDRESS, 14);
            }
            if (step.sourceOffsetBytes() == 1) {
                return step.answer(1);
            }
            throw new AssertionError("scripted");
        };
        try (CopyChannel channel = open(4, true)) {
            channel.submit(source, 0, destination, 0, 8, 0, 0);
            channel.submit(source, 1, destination, 8, 8, 1, 0);
            pollAll(channel, 2);
        }
        assertThat(completions.get(0).status).isEqualTo(CopyStatus.BAD_LOCAL_ADDRESS);
        assertThat(completions.get(0).bytesDone).isEqualTo(3);
        assertThat(completions.get(0).errno).isEqualTo(14);
        assertThat(completions.get(1).status).isEqualTo(CopyStatus.IO_ERROR);
        assertThat(completions.get(1).bytesDone).isEqualTo(1);
    }
}
