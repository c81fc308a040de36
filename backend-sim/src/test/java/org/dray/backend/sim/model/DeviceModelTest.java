package org.dray.backend.sim.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyCost;
import org.junit.jupiter.api.Test;

class DeviceModelTest {
    /** Ends can be seen after 500 ns; a byte takes 1 ns. */
    private static final CopyCost COST = new CopyCost(500, 1_000_000_000);

    private static DeviceModel inOrder(int depth) {
        return new DeviceModel(COST, depth, true, 0);
    }

    private static DeviceModel byLot(int depth, long seed) {
        return new DeviceModel(COST, depth, false, seed);
    }

    /** In which order operations of equal length end that were submitted at once. */
    private static List<Integer> order(DeviceModel device, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(device.submit(0, 100)).isEqualTo(i);
        }
        List<Integer> order = new ArrayList<>();
        while (device.nextEndNanos() < Long.MAX_VALUE) {
            order.add(device.take(device.nextEndNanos()));
        }
        return order;
    }

    @Test
    void anOperationEndsAfterItsBytesAndTheLatency() {
        DeviceModel device = inOrder(1);
        device.submit(1000, 200);
        assertThat(device.nextEndNanos()).isEqualTo(1700);
        assertThat(device.take(1699)).isEqualTo(DeviceModel.NONE);
        assertThat(device.take(1700)).isZero();
        assertThat(device.nextEndNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void bytesMoveOneOperationAtATimeWhileLatenciesOverlap() {
        DeviceModel device = inOrder(3);
        device.submit(0, 100);
        device.submit(10, 100);
        device.submit(150, 100);
        assertThat(device.take(600)).isZero();
        assertThat(device.take(699)).isEqualTo(DeviceModel.NONE);
        assertThat(device.take(700)).isEqualTo(1);
        assertThat(device.take(800)).isEqualTo(2);
    }

    @Test
    void anIdleDeviceStartsAtOnce() {
        DeviceModel device = inOrder(2);
        device.submit(0, 100);
        assertThat(device.take(5000)).isZero();
        device.submit(9000, 100);
        assertThat(device.nextEndNanos()).isEqualTo(9600);
    }

    @Test
    void aFullQueueTakesNothingUntilAnOperationIsTaken() {
        DeviceModel device = inOrder(2);
        device.submit(0, 1);
        device.submit(0, 1);
        assertThat(device.submit(0, 1)).isEqualTo(DeviceModel.NONE);
        assertThat(device.submit(10_000, 1)).isEqualTo(DeviceModel.NONE);
        assertThat(device.take(10_000)).isZero();
        assertThat(device.submit(10_000, 1)).isZero();
    }

    @Test
    void inOrderMeansInTheOrderOfSubmission() {
        assertThat(order(inOrder(8), 8)).isSorted();
    }

    @Test
    void lotsGiveEverySeedAnOrderOfItsOwnAndTheSameOneAgain() {
        List<List<Integer>> orders = LongStream.range(0, 20)
                .mapToObj(seed -> order(byLot(8, seed), 8))
                .toList();
        assertThat(orders.stream().distinct().count()).isGreaterThan(15);
        assertThat(orders).allSatisfy(it -> assertThat(it).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7));
        assertThat(order(byLot(8, 7), 8)).isEqualTo(orders.get(7));
    }

    @Test
    void whatWaitsCanBeCancelledAndMovesNothing() {
        DeviceModel device = inOrder(3);
        device.submit(0, 100);
        int waiting = device.submit(0, 100);
        device.submit(0, 100);
        assertThat(device.cancel(50, waiting)).isEqualTo(CancelResult.CANCELLED);
        assertThat(device.take(10_000)).isZero();
        assertThat(device.take(10_000)).isEqualTo(2);
        assertThat(device.take(10_000)).isEqualTo(DeviceModel.NONE);
    }

    @Test
    void whatMovesIsPendingAndWhatHasEndedIsTooLate() {
        DeviceModel device = inOrder(1);
        int slot = device.submit(0, 100);
        assertThat(device.cancel(599, slot)).isEqualTo(CancelResult.PENDING);
        assertThat(device.cancel(600, slot)).isEqualTo(CancelResult.TOO_LATE);
    }

    @Test
    void aDeviceWithoutSlotsIsNone() {
        assertThatThrownBy(() -> inOrder(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
