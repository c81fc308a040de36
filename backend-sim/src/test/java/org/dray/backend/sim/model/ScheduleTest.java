package org.dray.backend.sim.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.dray.CopyCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScheduleTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Test
    void timeLeapsToTheNextMomentForWhichSomebodyWaits() throws Exception {
        Schedule schedule = new Schedule(1);
        List<Long> times = new ArrayList<>();
        schedule.run(List.of(() -> wakeAt(schedule, 2 * HOUR_NANOS, times), () -> wakeAt(schedule, HOUR_NANOS, times)));
        assertThat(times).containsExactly(HOUR_NANOS, 2 * HOUR_NANOS);
    }

    private static void wakeAt(Schedule schedule, long nanos, List<Long> times) {
        schedule.await(() -> nanos);
        times.add(schedule.nowNanos());
    }

    /** The counter's last value after two tasks have each read it, paused, and written one more. */
    private static int racyCounter(Schedule schedule) throws InterruptedException {
        int[] counter = {0};
        Schedule.Task increment = () -> {
            int read = counter[0];
            schedule.pause();
            counter[0] = read + 1;
        };
        schedule.run(List.of(increment, increment));
        return counter[0];
    }

    @Test
    void someSeedsFindTheRaceAndFindItAgain() throws Exception {
        List<Integer> results = new ArrayList<>();
        for (long seed = 0; seed < 40; seed++) {
            Schedule first = new Schedule(seed);
            Schedule replay = new Schedule(seed);
            int result = racyCounter(first);
            assertThat(racyCounter(replay)).isEqualTo(result);
            assertThat(replay.turns()).isEqualTo(first.turns());
            results.add(result);
        }
        assertThat(results).contains(1, 2);
    }

    @Test
    void aFailureEndsAllAndIsTheCause() {
        Schedule schedule = new Schedule(3);
        Schedule.Task waiting = () -> schedule.await(() -> HOUR_NANOS);
        Schedule.Task failing = () -> {
            throw new ArithmeticException("one");
        };
        assertThatThrownBy(() -> schedule.run(List.of(waiting, failing))).hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void whereAllWaitForEverTheRunFails() {
        Schedule schedule = new Schedule(4);
        Schedule.Task forever = () -> schedule.await(() -> Long.MAX_VALUE);
        assertThatThrownBy(() -> schedule.run(List.of(forever, forever))).hasMessageContaining("2 tasks");
    }

    @Test
    void aThreadThatIsNoTaskCannotWait() {
        assertThatThrownBy(() -> new Schedule(5).pause()).isInstanceOf(IllegalStateException.class);
    }

    /** Two submitters and one who takes, over a device of depth 2 that goes by lot: 200 operations in virtual hours. */
    private static List<String> workload(long seed) throws InterruptedException {
        Schedule schedule = new Schedule(seed);
        DeviceModel device = new DeviceModel(new CopyCost(HOUR_NANOS, 1), 2, false, seed);
        List<String> log = new ArrayList<>();
        Schedule.Task submitter = () -> {
            for (int i = 0; i < 100; i++) {
                while (device.submit(schedule.nowNanos(), 1 + i % 3) == DeviceModel.NONE) {
                    long retry = schedule.nowNanos() + HOUR_NANOS / 10;
                    schedule.await(() -> retry);
                }
                schedule.pause();
            }
        };
        Schedule.Task taker = () -> {
            for (int taken = 0; taken < 200; ) {
                schedule.await(device::nextEndNanos);
                int slot = device.take(schedule.nowNanos());
                if (slot != DeviceModel.NONE) {
                    taken++;
                    log.add(slot + " at " + schedule.nowNanos());
                }
            }
        };
        schedule.run(List.of(submitter, submitter, taker));
        return log;
    }

    @Test
    void aWholeRunOverADeviceIsTheSameForTheSameSeed() throws Exception {
        List<List<String>> logs = new ArrayList<>();
        for (long seed : LongStream.range(0, 5).toArray()) {
            logs.add(workload(seed));
            assertThat(workload(seed)).isEqualTo(logs.get(logs.size() - 1));
        }
        assertThat(Collections.frequency(logs, logs.get(0))).isEqualTo(1);
        assertThat(logs).allSatisfy(log -> assertThat(log).hasSize(200));
    }
}
