package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroGarbageTest {
    private static final int LENGTH_BYTES = 1000;
    private static final int WARM_UP = 20_000;
    private static final int ATTEMPTS = 5;
    private static final int ROUNDS = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"LOCAL, LOCAL", "PEER, LOCAL", "LOCAL, PEER", "PEER, PEER", "DEVICE, PERSISTENT"})
    void copiesAllocateNothingOnEitherSide(Kind source, Kind target, @TempDir Path directory) {
        try (Fixture fixture = new Fixture(directory)) {
            MemoryRegion from = fixture.region(source, LENGTH_BYTES);
            MemoryRegion to = fixture.region(target, LENGTH_BYTES);
            copy(fixture, from, to, WARM_UP);
            long[] ids = copyingThreads();
            assertThat(leastAllocatedBytes(fixture, from, to, ids)).isLessThan(ROUNDS);
        }
    }

    /** Of several attempts: on a busy machine, a peer that waits long for its turn looks whether the owner lives. */
    private long leastAllocatedBytes(Fixture fixture, MemoryRegion from, MemoryRegion to, long[] ids) {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least >= ROUNDS; attempt++) {
            long before = allocatedBytes(ids);
            copy(fixture, from, to, ROUNDS);
            least = Math.min(least, allocatedBytes(ids) - before);
        }
        return least;
    }

    private static void copy(Fixture fixture, MemoryRegion from, MemoryRegion to, int rounds) {
        for (int i = 0; i < rounds; i++) {
            fixture.engine.copy(from, 0, to, 0, LENGTH_BYTES);
        }
    }

    /** This thread and the devices. */
    private static long[] copyingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().equals("dray-sim-device"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private long allocatedBytes(long[] ids) {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(ids)) {
            sum += bytes;
        }
        return sum;
    }
}
