package org.dray.tck;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RouteInfo;
import org.dray.RouteInfo.Overlap;
import org.dray.RouteInfo.PartialReporting;

/** Rules about copies that need another process, a hole in memory, or the same memory on both sides. */
abstract class PeerCopyRules extends RuleGroup {
    static final int READ_BYTES = (3 << 20) + 17;
    static final int WRITTEN_BYTES = (3 << 20) + 19;
    static final int THIRD_PARTY_BYTES = 70_001;

    private static final int HOLE_PAGES = 8;
    private static final int OVERLAP_PAGES = 32;

    @Verifies(Rule.COPY_04)
    final void copy04_readingAnotherProcessGivesItsBytes() {
        int lengthBytes = whole(READ_BYTES);
        FarPlace far = places().far(1, Access.READ, lengthBytes + whole(100));
        CheckedCopy copy = new CheckedCopy(engine(), far, 1, places().wrapped(2, lengthBytes + whole(100)));
        copy.run(0, 0, lengthBytes);
        copy.run(whole(100), whole(50), lengthBytes);
        copy.requireSourceUnchanged();
    }

    @Verifies(Rule.COPY_05)
    final void copy05_writingAnotherProcessChangesWhatWasAskedFor() {
        int lengthBytes = whole(WRITTEN_BYTES);
        LocalPlace near = places().wrapped(1, lengthBytes + whole(100));
        FarPlace far = places().far(2, Access.WRITE, lengthBytes + whole(100));
        CheckedCopy copy = new CheckedCopy(engine(), near, 1, far);
        copy.run(0, 0, lengthBytes);
        copy.run(whole(100), whole(50), lengthBytes);
        copy.requireSourceUnchanged();
    }

    @Verifies(Rule.COPY_07)
    final void copy07_holeInTheOtherProcessEndsTheCopyExactly() {
        RawMemory.require();
        for (int holePage : new int[] {0, HOLE_PAGES / 2, HOLE_PAGES - 1}) {
            String name = "hole" + holePage;
            peer().rawMemory(name, 1, HOLE_PAGES * page());
            FarPlace far = places().attached(peer(), name, peer().register(name, Access.READ_WRITE));
            peer().unmap(name, (long) holePage * page(), page());
            LocalPlace near = places().wrapped(2, HOLE_PAGES * page());
            long lengthBytes =
                    holePage == HOLE_PAGES - 1 ? (HOLE_PAGES - 1L) * page() + unit() : (long) HOLE_PAGES * page();
            if (info().route(Kind.PEER, Kind.LOCAL).isPresent()) {
                requireExactPrefix(far.region(), near, lengthBytes, remote());
            }
            if (info().route(Kind.LOCAL, Kind.PEER).isPresent()) {
                String outcome = Race.outcome(() -> engine().copy(near.region(), 0, far.region(), 0, lengthBytes));
                Expect.outcomes(
                        List.of(outcome), Race.OK, CopyStatus.BAD_REMOTE_ADDRESS.name(), CopyStatus.BAD_ADDRESS.name());
            }
        }
    }

    private static Set<CopyStatus> remote() {
        return EnumSet.of(CopyStatus.BAD_REMOTE_ADDRESS, CopyStatus.BAD_ADDRESS);
    }

    /**
     * Either all bytes arrive, because the engine holds on to pages; or the reported prefix did, and nothing behind it.
     */
    private void requireExactPrefix(MemoryRegion from, Place to, long lengthBytes, Set<CopyStatus> allowed) {
        try {
            engine().copy(from, 0, to.region(), 0, lengthBytes);
            to.expect(1, 0, 0, lengthBytes, "a copy that was OK in spite of a hole");
        } catch (CopyException e) {
            Expect.that(allowed.contains(e.status()), "expected " + allowed + ", got " + e);
            RouteInfo route = info().route(from.kind(), to.region().kind()).orElseThrow();
            if (route.partialReporting() == PartialReporting.EXACT) {
                long done = e.bytesDone().orElseThrow(() -> new AssertionError("no exact prefix in " + e));
                Expect.that(done < lengthBytes, "all " + done + " bytes were done in " + e);
                to.expect(1, 0, 0, done, "the prefix of " + e);
                to.expect(2, done, done, to.region().byteSize() - done, "behind the prefix of " + e);
            } else {
                Expect.that(e.bytesDone().isEmpty(), "a prefix is reported where none is declared: " + e);
            }
        }
    }

    @Verifies(Rule.COPY_08)
    final void copy08_holeInTheOwnMemoryIsBlamedOnTheOwnSide() {
        RawMemory.require();
        Set<CopyStatus> allowed = EnumSet.of(CopyStatus.BAD_LOCAL_ADDRESS, CopyStatus.BAD_ADDRESS);
        int lengthBytes = HOLE_PAGES * page();
        int holeOffset = 3 * page();
        Place far = places().far(1, Access.READ_WRITE, lengthBytes);
        RawMemory raw = RawMemory.map(2, lengthBytes);
        RawMemory.unmap(raw.address() + holeOffset, page());
        try (MemoryRegion near = dray().wrapAddress(raw.address(), lengthBytes, raw)) {
            if (info().route(Kind.PEER, Kind.LOCAL).isPresent()) {
                RuntimeException e = Expect.fails(
                        allowed, "into a hole", () -> engine().copy(far.region(), 0, near, 0, lengthBytes));
                ((CopyException) e).bytesDone().ifPresent(done -> {
                    Expect.that(done <= holeOffset, "more than " + holeOffset + " bytes were done: " + e);
                    String prefix = raw.block().difference(1, 0, 0, done);
                    Expect.that(prefix.isEmpty(), "the prefix of " + e + ": " + prefix);
                    String rest = raw.block().difference(2, done, done, holeOffset - done);
                    Expect.that(rest.isEmpty(), "behind the prefix of " + e + ": " + rest);
                });
            }
            if (info().route(Kind.LOCAL, Kind.PEER).isPresent()) {
                Expect.fails(allowed, "from a hole", () -> engine().copy(near, 0, far.region(), 0, lengthBytes));
            }
        } finally {
            RawMemory.unmap(raw.address(), lengthBytes);
        }
    }

    @Verifies(Rule.COPY_11)
    final void copy11_overlapBehavesAsDeclared() {
        int lengthBytes = OVERLAP_PAGES * page();
        for (RouteInfo route : engine().info().routes()) {
            Kind from = route.route().source();
            Kind to = route.route().destination();
            if (from == to) {
                Place place = places().of(from, 1, lengthBytes);
                requireOverlap(route, place.region(), place.region(), place);
            } else if (to == Kind.LOCAL && from == Kind.PEER) {
                LocalPlace place = places().local(1, Access.READ_WRITE, lengthBytes);
                requireOverlap(route, selfAttached(place), place.region(), place);
            } else if (from == Kind.LOCAL && to == Kind.PEER) {
                LocalPlace place = places().local(1, Access.READ_WRITE, lengthBytes);
                requireOverlap(route, place.region(), selfAttached(place), place);
            }
        }
    }

    private MemoryRegion selfAttached(LocalPlace place) {
        return scene().closeLater(engine().attach(place.region().token()));
    }

    private void requireOverlap(RouteInfo route, MemoryRegion from, MemoryRegion to, Place place) {
        int unit = (int) route.alignmentBytes();
        int start = 8 * page();
        int lengthBytes = 5 * page() + unit;
        for (int shift : new int[] {unit, -unit, page(), -page(), 3 * page() + unit, -3 * page() - unit}) {
            String what = "on " + route.route() + " with ranges " + shift + " bytes apart";
            byte[] expected = place.get(0, OVERLAP_PAGES * page());
            if (route.overlap() == Overlap.MEMMOVE) {
                engine().copy(from, start, to, start + shift, lengthBytes);
                System.arraycopy(expected.clone(), start, expected, start + shift, lengthBytes);
            } else {
                Expect.refused(
                        IllegalArgumentException.class,
                        what,
                        () -> engine().copy(from, start, to, start + shift, lengthBytes));
            }
            Expect.bytes(expected, place.get(0, expected.length), 0, what);
        }
    }

    @Verifies(Rule.COPY_15)
    final void copy15_steadyStateCopiesAllocateNothing() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            throw new NotRun("this JVM does not count what threads allocate");
        }
        int lengthBytes = whole(64);
        NearPair pair = NearPair.of(scene(), page());
        long thread = Thread.currentThread().getId();
        long[] batches = new long[10];
        int rounds = effort().rounds(5000, 1000);
        for (int batch = 0; batch < batches.length; batch++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < rounds; i++) {
                pair.copy(lengthBytes);
            }
            batches[batch] = threads.getThreadAllocatedBytes(thread) - before;
        }
        // The first batches pay for warming up, and reading the counter itself may cost a few bytes.
        long least = Arrays.stream(batches).min().orElseThrow();
        Expect.that(
                least < rounds, rounds + " copies allocated " + least + " bytes, batches " + Arrays.toString(batches));
    }

    @Verifies(Rule.COPY_16)
    final void copy16_copiesBetweenOtherProcessesAreExact() {
        int lengthBytes = whole(THIRD_PARTY_BYTES);
        FarPlace source = places().far(1, Access.READ, lengthBytes);
        FarPlace destination = places().far(2, Access.WRITE, lengthBytes);
        CheckedCopy copy = new CheckedCopy(engine(), source, 1, destination);
        copy.run(0, 0, lengthBytes);
        copy.run(whole(1), whole(77), lengthBytes - whole(10_001));
        copy.requireSourceUnchanged();
    }

    @Verifies(Rule.COPY_17)
    final void copy17_copiesBetweenOtherProcessesAreRefused() {
        FarPlace source = places().far(1, Access.READ, page());
        FarPlace destination = places().far(2, Access.WRITE, page());
        Expect.refused(
                UnsupportedOperationException.class,
                "copying between two peers",
                () -> engine().copy(source.region(), 0, destination.region(), 0, page()));
        destination.expectAll(2, "the destination after a refused copy");
    }
}
