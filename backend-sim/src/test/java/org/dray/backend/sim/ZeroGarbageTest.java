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
            long before = allocatedBytes(ids);
            copy(fixture, from, to, ROUNDS);
            assertThat(allocatedBytes(ids) - before).isLessThan(ROUNDS);
        }
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
