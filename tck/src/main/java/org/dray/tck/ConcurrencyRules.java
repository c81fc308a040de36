package org.dray.tck;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;

/** Rules about threads of one process. */
abstract class ConcurrencyRules extends RuleGroup {
    static final int MIXED_BYTES = 20_480;
    static final int LONG_BYTES = 64 << 20;
    static final int BESIDE_BYTES = 12_288;
    static final int APART_BYTES = 24_576;
    static final int CLOSING_BYTES = 28_672;
    static final int HANDED_BYTES = 36_864;

    private static final int THREADS = 8;
    private static final int SAMPLES = 64;
    private static final Duration BOUND = Duration.ofSeconds(15);

    @Verifies(Rule.CONC_01)
    final void conc01_threadsThatRegisterCopyAndCloseGetTheirOwnBytes() {
        CopyEngine engine = engine();
        int lengthBytes = whole(MIXED_BYTES);
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        List<Runnable> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            // Spaces are divided by this thread; memory by each of the eight.
            NearPair made = NearPair.of(scene(), lengthBytes);
            long seed = 1000L * thread;
            threads.add(() -> {
                for (int round = 0; round < effort().rounds(300, 20) && wrong.isEmpty(); round++) {
                    List<MemoryRegion> regions = new ArrayList<>();
                    Optional<NearPair> own = NearPair.inMemory(engine, lengthBytes, it -> keep(it, regions));
                    try {
                        own.orElse(made).copyExactly(seed + round);
                    } catch (AssertionError e) {
                        wrong.add(e.getMessage());
                    }
                    regions.forEach(MemoryRegion::close);
                }
            });
        }
        Expect.outcomes(Race.of(threads), Race.OK);
        Expect.same(Set.of(), wrong, "what came of copies beside each other");
    }

    private static MemoryRegion keep(MemoryRegion region, List<MemoryRegion> regions) {
        regions.add(0, region);
        return region;
    }

    @Verifies(Rule.CONC_03)
    final void conc03_shortCopyDoesNotWaitForALongOne() {
        int attempts = effort().rounds(200, 100);
        int longBytes = NearPair.largestBytes(scene(), LONG_BYTES);
        NearPair longPair = NearPair.of(scene(), longBytes);
        NearPair shortPair = NearPair.of(scene(), whole(BESIDE_BYTES));
        for (int i = 0; i < SAMPLES; i++) {
            longPair.source().put(sample(i, longBytes), (byte) 1);
        }
        for (int attempt = 0; attempt < attempts; attempt++) {
            for (int i = 0; i < SAMPLES; i++) {
                longPair.destination().put(sample(i, longBytes), (byte) 0);
            }
            Thread copying = new Thread(() -> longPair.copy(longBytes), "dray-tck-long");
            copying.setDaemon(true);
            copying.start();
            boolean beside = false;
            while (copying.isAlive() && !beside) {
                if (isUnderWay(longPair.destination())) {
                    shortPair.copyExactly(attempt);
                    beside = isUnderWay(longPair.destination());
                }
            }
            Expect.that(Patience.until(BOUND, () -> !copying.isAlive()), "a long copy has not ended");
            if (beside) {
                return;
            }
        }
        Expect.that(false, "in " + attempts + " attempts no short copy was done while a long one was under way");
    }

    private static int sample(int index, int lengthBytes) {
        return (int) ((lengthBytes - 1L) * index / (SAMPLES - 1));
    }

    /** Some bytes have arrived and some have not, in whatever order they come. */
    private static boolean isUnderWay(ByteBuffer destination) {
        int arrived = 0;
        for (int i = 0; i < SAMPLES; i++) {
            VarHandle.acquireFence();
            arrived += destination.get(sample(i, destination.capacity()));
        }
        return arrived > 0 && arrived < SAMPLES;
    }

    @Verifies(Rule.CONC_04)
    final void conc04_twoInstancesDoNotDisturbEachOther() {
        int lengthBytes = whole(APART_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        pair.copyExactly(1);
        CopyLoop loop = new CopyLoop(engine(), pair.from(), pair.to(), lengthBytes);
        loop.awaitFirst();
        for (int round = 0; round < effort().rounds(20, 3); round++) {
            try (Dray other = kit().subject().load(scene().options())) {
                NearPair.inMemory(other.engine(kit().backendId()), page(), it -> it)
                        .ifPresent(it -> it.copyExactly(2));
            }
            long rounds = loop.rounds();
            Patience.until(BOUND, () -> loop.rounds() > rounds + 1);
        }
        Expect.same(Race.OK, loop.stop(BOUND), "how copies ended beside another instance");
        pair.copyExactly(3);
    }

    @Verifies(Rule.CONC_05)
    final void conc05_drayClosedUnderRegistrationsEndsThem() {
        for (int round = 0; round < effort().rounds(20, 5); round++) {
            Dray dray = scene().load(scene().options());
            CopyEngine engine = dray.engine(kit().backendId());
            boolean shares = info().has(Capability.SHARE);
            AtomicInteger registered = new AtomicInteger();
            List<Runnable> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(whole(CLOSING_BYTES));
                threads.add(() -> {
                    while (true) { // until it is refused
                        try (MemoryRegion region = engine.register(buffer, Access.READ)) {
                            if (shares) {
                                engine.attach(region.token()).close();
                            }
                        }
                        registered.incrementAndGet();
                    }
                });
            }
            threads.add(() -> {
                Patience.spinUntil(() -> registered.get() >= THREADS);
                dray.close();
            });
            Expect.outcomes(
                    Race.of(threads),
                    Race.OK,
                    IllegalStateException.class.getSimpleName(),
                    CopyStatus.CANCELLED.name(),
                    CopyStatus.TOKEN_STALE.name());
        }
    }

    @Verifies(Rule.CONC_06)
    final void conc06_anyThreadUsesAndClosesARegion() {
        int lengthBytes = whole(HANDED_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        Expect.outcomes(Race.of(1, () -> pair.copyExactly(1)), Race.OK);
        Expect.outcomes(Race.of(1, pair::close), Race.OK);
        pair.path().forEach(it -> Expect.that(!it.isOpen(), "a region is open that another thread has closed"));
        Dray dray = scene().load(scene().options());
        Expect.outcomes(Race.of(1, dray::close), Race.OK);
    }
}
