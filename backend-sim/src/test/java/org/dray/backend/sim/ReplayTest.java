package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.backend.sim.model.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two threads with channels of one engine, through the core: the whole run is the seed's doing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayTest {
    private static final int BLOCK_BYTES = 1000;
    private static final int BLOCKS = 60;

    @TempDir
    Path directory;

    @AfterEach
    void forgetProperties() {
        System.clearProperty(SimSettings.VIRTUAL_TIME);
        System.clearProperty(SimSettings.SEED);
        System.clearProperty(SimSettings.LATENCY_NANOS);
        System.clearProperty(SimSettings.BYTES_PER_SECOND);
    }

    private List<String> run(long seed) throws InterruptedException {
        System.setProperty(SimSettings.VIRTUAL_TIME, "true");
        System.setProperty(SimSettings.SEED, Long.toString(seed));
        System.setProperty(SimSettings.LATENCY_NANOS, Long.toString(TimeUnit.HOURS.toNanos(1)));
        System.setProperty(SimSettings.BYTES_PER_SECOND, "1");
        List<String> log = new ArrayList<>();
        Schedule schedule = new Schedule(seed);
        try (Dray dray = Fixture.load(directory)) {
            schedule.run(List.of(() -> copy(dray, schedule, "a", log), () -> copy(dray, schedule, "b", log)));
        }
        return log;
    }

    private static void copy(Dray dray, Schedule schedule, String name, List<String> log) throws InterruptedException {
        byte[] bytes = Fixture.random(BLOCKS * BLOCK_BYTES, name.hashCode());
        ByteBuffer target = ByteBuffer.allocateDirect(bytes.length);
        try (MemoryRegion from = dray.wrap(Fixture.direct(bytes));
                MemoryRegion to = dray.wrap(target);
                CopyChannel channel = dray.engine("sim").openChannel(new ChannelOptions(8, false))) {
            int submitted = 0;
            for (int finished = 0; finished < BLOCKS; ) {
                long offset = (long) submitted * BLOCK_BYTES;
                if (submitted < BLOCKS && channel.submit(from, offset, to, offset, BLOCK_BYTES, submitted, 0) >= 0) {
                    submitted++;
                } else if (channel.await(TimeUnit.HOURS.toNanos(2))) {
                    finished += channel.poll(
                            (sequence, tag, status, errno, bytesDone, route) -> log.add(name + tag + " " + status), 8);
                }
                schedule.pause();
            }
        }
        assertThat(Fixture.firstDifference(bytes, Fixture.bytes(target))).isEqualTo(-1);
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() throws Exception {
        List<String> first = run(4711);
        assertThat(first).hasSize(2 * BLOCKS);
        assertThat(run(4711)).isEqualTo(first);
        assertThat(run(4712)).isNotEqualTo(first);
    }
}
