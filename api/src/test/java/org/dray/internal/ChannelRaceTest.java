package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.dray.Access;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads keep channels full while others close regions, channels and whole instances. Every accepted operation
 * completes once; the toy notes every byte that is moved in a region that is closed, and the fixture asserts that it
 * noted nothing.
 */
@Timeout(120)
class ChannelRaceTest {
    private static final int THREADS = 4;
    private static final int DEPTH = 8;
    private static final int BYTES = 256;
    private static final long DURATION_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    @RegisterExtension
    final Toys toys = new Toys();

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong copies = new AtomicLong();
    private final AtomicLong endings = new AtomicLong();

    /** One thread with a channel; what it counts is what became of each submit. */
    private final class User {
        private long accepted;
        private long completed;

        void use(CopyChannel channel, AtomicReference<MemoryRegion> current, MemoryRegion near)
                throws InterruptedException {
            boolean open = true;
            while (open && !over.get()) {
                open = submitSome(channel, current.get(), near);
                poll(channel);
            }
            while (completed < accepted && channel.await(LONG_NANOS)) {
                poll(channel);
            }
            channel.close();
            assertThat(completed).isEqualTo(accepted);
        }

        private boolean submitSome(CopyChannel channel, MemoryRegion far, MemoryRegion near) {
            try {
                long answer = 0;
                while (answer >= 0) {
                    answer =
                            channel.submit(far, 0, near, 0, BYTES, accepted, accepted % 3 == 0 ? CopyChannel.FENCE : 0);
                    accepted += answer >= 0 ? 1 : 0;
                }
                return answer != CopyChannel.CHANNEL_CLOSED;
            } catch (IllegalStateException closed) {
                return true;
            }
        }

        private void poll(CopyChannel channel) {
            channel.poll(
                    (sequence, tag, status, bytesDone, errno, route) -> {
                        completed++;
                        assertThat(status)
                                .isIn(
                                        CopyStatus.OK,
                                        CopyStatus.CANCELLED,
                                        CopyStatus.NOT_ATTEMPTED,
                                        CopyStatus.TOKEN_STALE);
                        (status == CopyStatus.OK ? copies : endings).incrementAndGet();
                    },
                    DEPTH);
        }
    }

    private List<Background<Void>> users(DrayCore dray, AtomicReference<MemoryRegion> current) {
        List<Background<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            MemoryRegion near = dray.wrap(Toys.empty(BYTES));
            CopyChannel channel = dray.engine("toy").openChannel(new ChannelOptions(DEPTH, false));
            threads.add(Background.run(() -> {
                new User().use(channel, current, near);
                return null;
            }));
        }
        return threads;
    }

    private void finish(List<Background<Void>> users) throws Exception {
        over.set(true);
        for (Background<Void> user : users) {
            user.get();
        }
        assertThat(copies).as("copies").hasPositiveValue();
        assertThat(endings).as("operations that a close ended").hasPositiveValue();
    }

    private static void forAWhile(Runnable round) {
        long end = System.nanoTime() + DURATION_NANOS;
        while (System.nanoTime() - end < 0) {
            round.run();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 16})
    void ownRegionsAreClosedUnderTheOperations(int queueDepth) throws Exception {
        toys.toy.queueDepth = queueDepth;
        DrayCore dray = toys.load();
        CopyEngine engine = dray.engine("toy");
        AtomicReference<MemoryRegion> current = new AtomicReference<>(engine.register(Toys.empty(BYTES), Access.READ));
        List<Background<Void>> users = users(dray, current);
        forAWhile(() -> current.getAndSet(engine.register(Toys.empty(BYTES), Access.READ))
                .close());
        finish(users);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 16})
    void ownersCloseTheirRegionsUnderTheOperations(int queueDepth) throws Exception {
        toys.toy.queueDepth = queueDepth;
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        CopyEngine owning = owner.engine("toy");
        CopyEngine attaching = peer.engine("toy");
        MemoryRegion[] published = {owning.register(Toys.empty(BYTES), Access.READ)};
        AtomicReference<MemoryRegion> current = new AtomicReference<>(attaching.attach(published[0].token()));
        List<Background<Void>> users = users(peer, current);
        forAWhile(() -> {
            MemoryRegion next = owning.register(Toys.empty(BYTES), Access.READ);
            RegionToken token = next.token();
            MemoryRegion old = current.getAndSet(attaching.attach(token));
            published[0].close();
            published[0] = next;
            old.close();
        });
        finish(users);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void wholeInstancesAreClosedUnderTheOperations(int queueDepth) throws Exception {
        toys.toy.queueDepth = queueDepth;
        for (int round = 0; round < 20; round++) {
            DrayCore dray = toys.load();
            CopyEngine engine = dray.engine("toy");
            AtomicReference<MemoryRegion> current =
                    new AtomicReference<>(engine.register(Toys.empty(BYTES), Access.READ));
            List<Background<Void>> users = users(dray, current);
            long enough = copies.get() + 100;
            Background.await(() -> copies.get() >= enough);
            dray.close();
            for (Background<Void> user : users) {
                user.get();
            }
        }
    }
}
