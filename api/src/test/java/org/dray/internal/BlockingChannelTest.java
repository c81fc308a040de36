package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RouteInfo;
import org.junit.jupiter.api.Test;

/** Channels over a driver that only blocks. */
class BlockingChannelTest extends ChannelTest {
    @Override
    int queueDepth() {
        return 0;
    }

    @Test
    void routesSayThatTheQueueIsEmulated() {
        assertThat(toys.load().engine("toy").info().routes())
                .allSatisfy(
                        it -> assertThat(it.emulated()).contains(RouteInfo.Emulation.QUEUE, RouteInfo.Emulation.FENCE));
    }

    @Test
    void refusingExecutorEndsOperations() throws InterruptedException {
        DrayCore refusing = toys.load(options -> options.executor(task -> {
            throw new RejectedExecutionException("full");
        }));
        CopyEngine engine = refusing.engine("toy");
        MemoryRegion near = refusing.wrap(Toys.empty(8));
        try (CopyChannel channel = engine.openChannel(new ChannelOptions(1, false))) {
            channel.submit(near, 0, near, 4, 2, 9, 0);
            pollAll(channel, 1);
        }
        assertThat(statuses()).containsExactly(CopyStatus.RESOURCE_LIMIT);
    }

    @Test
    void executorThatRunsTheTaskAtOnceWorksToo() throws InterruptedException {
        DrayCore direct = toys.load(options -> options.executor(Runnable::run));
        MemoryRegion near = direct.wrap(Toys.filled(8, 3));
        try (CopyChannel channel = direct.engine("toy").openChannel(new ChannelOptions(1, false))) {
            channel.submit(near, 0, near, 4, 4, 9, 0);
            assertThat(channel.await(0)).isTrue();
            pollAll(channel, 1);
        }
        assertThat(statuses()).containsExactly(CopyStatus.OK);
    }
}
