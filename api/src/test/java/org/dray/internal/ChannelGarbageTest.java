package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.dray.Access;
import org.dray.ChannelOptions;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.Route;
import org.dray.spi.Completions;
import org.dray.spi.DriverChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Submitting, awaiting and polling allocate nothing in steady state, over an executor and over a driver's queue. */
@Timeout(120)
class ChannelGarbageTest {
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 5;
    private static final int MEASURED = 20_000;
    private static final int DEPTH = 8;
    private static final long LONG_NANOS = 30_000_000_000L;

    @RegisterExtension
    final Toys toys = new Toys();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompletionHandler handler = this::completed;
    private long completed;

    private void completed(long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route) {
        if (status != CopyStatus.OK) {
            throw new AssertionError(status);
        }
        completed++;
    }

    private void assertNoGarbage() throws InterruptedException {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count what a thread allocates");
        DrayCore dray = toys.load();
        MemoryRegion from = dray.engine("toy").register(Toys.filled(128, 1), Access.READ);
        MemoryRegion to = dray.wrap(Toys.empty(128));
        try (CopyChannel channel = dray.engine("toy").openChannel(new ChannelOptions(DEPTH, false))) {
            run(channel, from, to, WARM_UP);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least > 0; round++) {
                long self = Thread.currentThread().getId();
                threads.getThreadAllocatedBytes(self);
                long before = threads.getThreadAllocatedBytes(self);
                run(channel, from, to, MEASURED);
                least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
            }
            assertThat(least).as("bytes for %s operations", MEASURED).isZero();
        }
    }

    private void run(CopyChannel channel, MemoryRegion from, MemoryRegion to, int count) throws InterruptedException {
        completed = 0;
        int submitted = 0;
        while (completed < count) {
            while (submitted < count && channel.submit(from, 8, to, 0, 64, submitted, 0) >= 0) {
                submitted++;
            }
            channel.await(LONG_NANOS);
            channel.poll(handler, DEPTH);
        }
    }

    @Test
    void overTheExecutor() throws InterruptedException {
        assertNoGarbage();
    }

    /** The toy's own channel makes garbage; this one ends everything at its next poll. */
    @Test
    void overADriver() throws InterruptedException {
        toys.toy.queueDepth = 4;
        toys.toy.channels = PromptChannel::new;
        assertNoGarbage();
    }

    private static final class PromptChannel implements DriverChannel {
        private final long[] startedBytes = new long[4];

        @Override
        public void start(
                int operation,
                org.dray.spi.DriverRegion source,
                long sourceOffsetBytes,
                org.dray.spi.DriverRegion destination,
                long destinationOffsetBytes,
                long lengthBytes) {
            startedBytes[operation] = lengthBytes;
        }

        @Override
        public void poll(Completions completions) {
            for (int i = 0; i < startedBytes.length; i++) {
                if (startedBytes[i] > 0) {
                    long bytes = startedBytes[i];
                    startedBytes[i] = 0;
                    completions.ended(i, CopyStatus.OK, 0, bytes);
                }
            }
        }

        @Override
        public void await(long timeoutNanos) {}

        @Override
        public void wake() {}

        @Override
        public CopyChannel.CancelResult cancel(int operation) {
            return CopyChannel.CancelResult.PENDING;
        }

        @Override
        public void close() {}
    }
}
