package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dray.Access;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RouteInfo;
import org.dray.toy.ToyBackend;
import org.junit.jupiter.api.Test;

/** Channels over a driver with queues of its own. */
class QueuedChannelTest extends ChannelTest {
    @Override
    int queueDepth() {
        return 2;
    }

    @Test
    void routesDoNotSayThatTheQueueIsEmulated() {
        assertThat(toys.load().engine("toy").info().routes())
                .allSatisfy(it -> assertThat(it.emulated()).doesNotContain(RouteInfo.Emulation.QUEUE));
    }

    @Test
    void driverThatOpensNoChannelIsHeard() {
        toys.toy.fail(ToyBackend.Call.OPEN_CHANNEL, CopyStatus.RESOURCE_LIMIT);
        assertThatThrownBy(() -> open(1, false))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT));
    }

    @Test
    void wrapThatTheDriverBreaksOffEndsTheOperationAndHoldsNothing() throws InterruptedException {
        toys.toy.info.overlap(RouteInfo.Overlap.MEMMOVE); // nothing is wrapped before the operation starts
        DrayCore dray = toys.load();
        MemoryRegion near = dray.wrap(Toys.filled(8, 1));
        MemoryRegion own = dray.engine("toy").allocate(8, Access.READ_WRITE);
        toys.toy.fail(ToyBackend.Call.WRAP, new IllegalArgumentException("scripted"));
        try (CopyChannel channel = dray.engine("toy").openChannel(new ChannelOptions(1, false))) {
            channel.submit(near, 0, own, 0, 8, 0, 0);
            pollAll(channel, 1);
        }
        near.close();
        own.close();
        assertThat(statuses()).containsExactly(CopyStatus.IO_ERROR);
    }
}
