package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dray.CopyException;
import org.dray.CopyStatus;
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
}
