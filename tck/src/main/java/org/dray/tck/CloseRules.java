package org.dray.tck;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;

/** Rules about closing what one process has. */
abstract class CloseRules extends RuleGroup {
    static final int OPENINGS = 30;

    private static final int THREADS = 8;
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String[] ENDS = {
        Race.OK, CopyStatus.CANCELLED.name(), IllegalStateException.class.getSimpleName()
    };

    @Verifies(Rule.CLOSE_01)
    final void close01_closingARegionTwiceIsHarmless() {
        MemoryRegion once = places().local(1, Access.READ, page()).region();
        once.close();
        once.close();
        for (int round = 0; round < effort().rounds(200, 5); round++) {
            MemoryRegion region = engine().register(ByteBuffer.allocateDirect(page()), Access.READ);
            Expect.outcomes(Race.of(THREADS, region::close), Race.OK);
            Expect.that(!region.isOpen(), "a region is open after eight closes");
        }
    }

    @Verifies(Rule.CLOSE_02)
    final void close02_closedRegionIsRefused() {
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, page());
            Place destination = places().of(to, 2, page());
            MemoryRegion closedSource = places().of(from, 3, page()).region();
            MemoryRegion closedDestination = places().of(to, 4, page()).region();
            closedSource.close();
            closedDestination.close();
            MemoryRegion successor = places().of(to, 5, page()).region();
            Expect.that(successor.isOpen(), "a new region is not open");
            Expect.refused(
                    IllegalStateException.class,
                    "copying from a closed region",
                    () -> engine().copy(closedSource, 0, destination.region(), 0, page()));
            Expect.refused(
                    IllegalStateException.class,
                    "copying to a closed region",
                    () -> engine().copy(source.region(), 0, closedDestination, 0, page()));
            destination.expectAll(2, "the destination after refused copies");
        });
        MemoryRegion closed = places().local(1, Access.READ_WRITE, page()).region();
        closed.close();
        Expect.refused(IllegalStateException.class, "a slice of a closed region", () -> closed.slice(0, 1));
        if (info().has(Capability.SHARE)) {
            Expect.refused(IllegalStateException.class, "the token of a closed region", closed::token);
        }
        if (info().has(Capability.PERSISTENT_SPACE)) {
            MemoryRegion persistent = places().of(Kind.PERSISTENT, 1, page()).region();
            persistent.close();
            Expect.refused(IllegalStateException.class, "flushing a closed region", () -> persistent.flush(0, 1));
        }
        if (info().has(Capability.MAP) && info().has(Capability.ALLOCATE)) {
            MemoryRegion allocated = engine().allocate(page(), Access.READ_WRITE);
            allocated.close();
            Expect.refused(
                    IllegalStateException.class,
                    "mapping a closed region",
                    () -> allocated.map(0, page()).clear());
        }
    }

    @Verifies(Rule.CLOSE_03)
    final void close03_closingDrayTwiceIsHarmless() {
        Dray once = scene().load(scene().options());
        once.close();
        once.close();
        for (int round = 0; round < effort().rounds(50, 3); round++) {
            Dray raced = scene().load(scene().options());
            raced.engine(kit().backendId()).register(ByteBuffer.allocateDirect(page()), Access.READ);
            Expect.outcomes(Race.of(THREADS, raced::close), Race.OK);
        }
    }

    @Verifies(Rule.CLOSE_04)
    final void close04_closedDrayIsRefused() {
        Dray closed = scene().load(scene().options());
        CopyEngine engine = closed.engine(kit().backendId());
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        MemoryRegion wrapped = closed.wrap(buffer);
        closed.close();
        Expect.refused(IllegalStateException.class, "engines()", closed::engines);
        Expect.refused(IllegalStateException.class, "engine()", () -> closed.engine(kit().backendId()));
        Expect.refused(IllegalStateException.class, "notifiers()", closed::notifiers);
        Expect.refused(
                IllegalStateException.class, "wrap()", () -> closed.wrap(buffer).close());
        Expect.refused(
                IllegalStateException.class,
                "export()",
                () -> closed.export(buffer, Access.READ).close());
        Expect.refused(
                IllegalStateException.class,
                "register()",
                () -> engine.register(buffer, Access.READ).close());
        Expect.refused(
                IllegalStateException.class,
                "register() of wrapped memory",
                () -> engine.register(wrapped, Access.READ).close());
        if (info().has(Capability.ALLOCATE)) {
            Expect.refused(
                    IllegalStateException.class,
                    "allocate()",
                    () -> engine.allocate(page(), Access.READ).close());
        }
        NearPair pair = NearPair.of(scene(), page());
        dray().close();
        Expect.refused(IllegalStateException.class, "copy()", () -> pair.copy(page()));
        scene().reopen();
    }

    @Verifies(Rule.CLOSE_05)
    final void close05_closingDrayClosesItsRegions() {
        Dray owner = scene().load(scene().options());
        CopyEngine engine = owner.engine(kit().backendId());
        List<MemoryRegion> regions = new ArrayList<>();
        regions.add(engine.register(ByteBuffer.allocateDirect(page()), Access.READ));
        if (info().has(Capability.ALLOCATE)) {
            regions.add(engine.allocate(page(), Access.READ));
        }
        if (info().has(Capability.SHARE)) {
            regions.add(engine.attach(regions.get(0).token()));
        }
        owner.close();
        regions.forEach(it -> Expect.that(!it.isOpen(), it + " is open after its Dray was closed"));
    }

    @Verifies(Rule.CLOSE_06)
    final void close06_regionClosedUnderCopiesIsNotWrittenAfterwards() {
        int lengthBytes = whole(1 << 20);
        for (int round = 0; round < effort().rounds(100, 5); round++) {
            NearPair pair = NearPair.of(scene(), lengthBytes);
            List<CopyLoop> loops = Stream.generate(() -> new CopyLoop(engine(), pair.from(), pair.to(), lengthBytes))
                    .limit(THREADS)
                    .toList();
            loops.get(0).awaitFirst();
            pair.to().close();
            byte[] poison = Pattern.bytes(round, 0, lengthBytes);
            pair.destination().put(0, poison);
            for (CopyLoop loop : loops) {
                Expect.outcomes(List.of(loop.await(BOUND)), ENDS);
            }
            byte[] after = new byte[lengthBytes];
            pair.destination().get(0, after);
            Expect.bytes(poison, after, 0, "memory whose region was closed, round " + round);
            pair.close();
        }
    }

    @Verifies(Rule.CLOSE_11)
    final void close11_openingAndClosingLeavesNothingBehind() {
        int rounds = effort().rounds(1000, OPENINGS);
        openAndClose(OPENINGS / 3);
        Traces before = Traces.now();
        Patience.collectingUntil(
                Duration.ofSeconds(2),
                () -> Traces.mappingsOf(scene().directory().toString()) == 0);
        long mappings = Traces.mappingCount();
        openAndClose(rounds);
        Expect.same(List.of(), before.left(), "what " + rounds + " rounds left behind");
        Expect.same(List.of(), Directories.names(scene().directory()), "the files after " + rounds + " rounds");
        boolean released = Patience.collectingUntil(Duration.ofSeconds(5), () -> Traces.mappingCount() - mappings < 40);
        Expect.that(released, rounds + " rounds left " + (Traces.mappingCount() - mappings) + " mappings behind");
    }

    private void openAndClose(int rounds) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        for (int i = 0; i < rounds; i++) {
            try (Dray dray = kit().subject().load(scene().options());
                    MemoryRegion region = dray.engine(kit().backendId()).register(buffer, Access.READ_WRITE)) {
                Expect.that(region.isOpen(), "a new region is not open in round " + i);
            }
        }
    }

    @Verifies(Rule.CLOSE_12)
    final void close12_drayClosedUnderCopiesEndsThem() {
        int lengthBytes = whole(1 << 20);
        for (int round = 0; round < effort().rounds(20, 3); round++) {
            NearPair pair = NearPair.of(scene(), lengthBytes);
            List<CopyLoop> loops = Stream.generate(() -> new CopyLoop(engine(), pair.from(), pair.to(), lengthBytes))
                    .limit(THREADS)
                    .toList();
            loops.get(0).awaitFirst();
            long start = System.nanoTime();
            dray().close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Expect.that(took.compareTo(BOUND) < 0, "close took " + took);
            for (CopyLoop loop : loops) {
                Expect.outcomes(List.of(loop.await(BOUND)), ENDS);
            }
            scene().reopen();
        }
    }
}
