package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Eight threads copy while others close. The toy notes every byte that is moved in a region that is closed, and the
 * fixture asserts that it noted nothing.
 */
@Timeout(60)
class CloseRaceTest {
    private static final int THREADS = 8;
    private static final long DURATION_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    @RegisterExtension
    final Toys toys = new Toys();

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong copies = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    /** Copies from whatever region is current until the time is over; counts what was refused as it must be. */
    private List<Background<Void>> copyFrom(AtomicReference<MemoryRegion> current, DrayCore dray) {
        List<Background<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            MemoryRegion near = dray.wrap(Toys.empty(256));
            threads.add(Background.run(() -> {
                while (!over.get()) {
                    MemoryRegion region = current.get();
                    try {
                        region.engine().copy(region, 0, near, 0, 256);
                        copies.incrementAndGet();
                    } catch (IllegalStateException closed) {
                        refusals.incrementAndGet();
                    } catch (CopyException e) {
                        assertThat(e.status()).isIn(CopyStatus.TOKEN_STALE, CopyStatus.CANCELLED);
                        refusals.incrementAndGet();
                    }
                }
            }));
        }
        return threads;
    }

    private void forAWhile(Runnable round) {
        long end = System.nanoTime() + DURATION_NANOS;
        while (System.nanoTime() - end < 0) {
            round.run();
        }
        over.set(true);
    }

    private void finish(List<Background<Void>> threads) throws Exception {
        for (Background<Void> thread : threads) {
            thread.get();
        }
        assertThat(copies).as("copies that arrived").hasPositiveValue();
        assertThat(refusals).as("copies that met a closed region").hasPositiveValue();
    }

    @Test
    void ownRegionIsClosedUnderItsCopies() throws Exception {
        DrayCore dray = toys.load();
        AtomicReference<MemoryRegion> current = new AtomicReference<>(register(dray));
        List<Background<Void>> threads = copyFrom(current, dray);
        forAWhile(() -> current.getAndSet(register(dray)).close());
        finish(threads);
    }

    private static MemoryRegion register(DrayCore dray) {
        return dray.engine("toy").register(Toys.filled(256, 1), Access.READ_WRITE);
    }

    @Test
    void attachedRegionIsClosedByItsOwner() throws Exception {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        MemoryRegion[] region = {register(owner)};
        AtomicReference<MemoryRegion> current =
                new AtomicReference<>(peer.engine("toy").attach(region[0].token()));
        List<Background<Void>> threads = copyFrom(current, peer);
        forAWhile(() -> {
            MemoryRegion next = register(owner);
            MemoryRegion before = current.getAndSet(peer.engine("toy").attach(next.token()));
            region[0].close();
            before.close();
            region[0] = next;
        });
        finish(threads);
    }

    /**
     * The last region of a connection is closed again and again, so that its lane goes back and forth between two peers
     * while copies of both are under way.
     */
    @Test
    void laneChangesHandsUnderCopies() throws Exception {
        DrayCore owner = toys.load();
        List<Background<Void>> threads = new ArrayList<>();
        List<Background<Void>> closers = new ArrayList<>();
        AtomicReference<RegionToken> token =
                new AtomicReference<>(register(owner).token());
        for (int i = 0; i < 2; i++) {
            DrayCore peer = toys.load();
            AtomicReference<MemoryRegion> current =
                    new AtomicReference<>(peer.engine("toy").attach(token.get()));
            threads.addAll(copyFrom(current, peer));
            closers.add(Background.run(() -> {
                while (!over.get()) {
                    try {
                        current.get().close();
                        current.set(peer.engine("toy").attach(token.get()));
                    } catch (CopyException e) {
                        assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE);
                    }
                }
            }));
        }
        AtomicReference<MemoryRegion> published = new AtomicReference<>(register(owner));
        forAWhile(() -> {
            MemoryRegion next = register(owner);
            token.set(next.token());
            published.getAndSet(next).close();
        });
        for (Background<Void> closer : closers) {
            closer.get();
        }
        finish(threads);
    }

    @Test
    void drayIsClosedUnderItsCopies() throws Exception {
        DrayCore owner = toys.load();
        MemoryRegion region = register(owner);
        DrayCore first = toys.load();
        AtomicReference<MemoryRegion> current =
                new AtomicReference<>(first.engine("toy").attach(region.token()));
        AtomicReference<DrayCore> dray = new AtomicReference<>(first);
        List<Background<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Background.run(() -> {
                while (!over.get()) {
                    MemoryRegion far = current.get();
                    try (MemoryRegion near = dray.get().wrap(Toys.empty(256))) {
                        far.engine().copy(far, 0, near, 0, 256);
                        copies.incrementAndGet();
                    } catch (IllegalStateException | IllegalArgumentException closedOrOfTheNext) {
                        refusals.incrementAndGet();
                    } catch (CopyException e) {
                        assertThat(e.status()).isEqualTo(CopyStatus.CANCELLED);
                        refusals.incrementAndGet();
                    }
                }
            }));
        }
        forAWhile(() -> {
            DrayCore next = toys.load();
            current.set(next.engine("toy").attach(region.token()));
            dray.getAndSet(next).close();
        });
        finish(threads);
    }

    /** The toy notes a call of its driver after the driver's close. */
    @Test
    void drayIsClosedUnderRegistrationsAndAttachments() throws Exception {
        DrayCore owner = toys.load();
        RegionToken token = register(owner).token();
        AtomicReference<DrayCore> dray = new AtomicReference<>(toys.load());
        List<Background<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            boolean attaches = i % 2 == 0;
            threads.add(Background.run(() -> {
                while (!over.get()) {
                    try {
                        CopyEngine engine = dray.get().engine("toy");
                        (attaches ? engine.attach(token) : engine.register(Toys.empty(8), Access.READ)).close();
                        copies.incrementAndGet();
                    } catch (IllegalStateException closed) {
                        refusals.incrementAndGet();
                    } catch (CopyException e) {
                        assertThat(e.status()).as("of a trial copy").isEqualTo(CopyStatus.CANCELLED);
                        refusals.incrementAndGet();
                    }
                }
            }));
        }
        forAWhile(() -> dray.getAndSet(toys.load()).close());
        finish(threads);
    }

    @Test
    void everybodyClosesTheSameRegionAtOnce() throws Exception {
        DrayCore dray = toys.load();
        AtomicReference<MemoryRegion> current = new AtomicReference<>(register(dray));
        List<Background<Void>> threads = copyFrom(current, dray);
        List<Background<Void>> closers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            closers.add(Background.run(() -> {
                while (!over.get()) {
                    current.get().close();
                }
            }));
        }
        forAWhile(() -> current.set(register(dray)));
        for (Background<Void> closer : closers) {
            closer.get();
        }
        current.get().close();
        finish(threads);
    }
}
