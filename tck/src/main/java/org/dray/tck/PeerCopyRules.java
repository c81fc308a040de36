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

    private static final int PAGE = 4096;
    private static final int HOLE_PAGES = 8;
    private static final int OVERLAP_BYTES = 1 << 17;

    @Verifies(Rule.COPY_04)
    final void copy04_readingAnotherProcessGivesItsBytes() {
        FarPlace far = places().far(1, Access.READ, READ_BYTES + 100);
        CheckedCopy copy = new CheckedCopy(engine(), far, 1, places().wrapped(2, READ_BYTES + 100));
        copy.run(0, 0, READ_BYTES);
        copy.run(100, 50, READ_BYTES);
        copy.requireSourceUnchanged();
    }

    @Verifies(Rule.COPY_05)
    final void copy05_writingAnotherProcessChangesWhatWasAskedFor() {
        LocalPlace near = places().wrapped(1, WRITTEN_BYTES + 100);
        FarPlace far = places().far(2, Access.WRITE, WRITTEN_BYTES + 100);
        CheckedCopy copy = new CheckedCopy(engine(), near, 1, far);
        copy.run(0, 0, WRITTEN_BYTES);
        copy.run(100, 50, WRITTEN_BYTES);
        copy.requireSourceUnchanged();
    }

    @Verifies(Rule.COPY_07)
    final void copy07_holeInTheOtherProcessEndsTheCopyExactly() {
        RawMemory.require();
        for (int holePage : new int[] {0, HOLE_PAGES / 2, HOLE_PAGES - 1}) {
            String name = "hole" + holePage;
            peer().rawMemory(name, 1, HOLE_PAGES * PAGE);
            FarPlace far = places().attached(peer(), name, peer().register(name, Access.READ_WRITE));
            peer().unmap(name, (long) holePage * PAGE, PAGE);
            LocalPlace near = places().wrapped(2, HOLE_PAGES * PAGE);
            long lengthBytes = holePage == HOLE_PAGES - 1 ? (HOLE_PAGES - 1) * PAGE + 1 : HOLE_PAGES * PAGE;
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
        int lengthBytes = HOLE_PAGES * PAGE;
        int holeOffset = 3 * PAGE;
        Place far = places().far(1, Access.READ_WRITE, lengthBytes);
        RawMemory raw = RawMemory.map(2, lengthBytes);
        RawMemory.unmap(raw.address() + holeOffset, PAGE);
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
        for (RouteInfo route : engine().info().routes()) {
            Kind from = route.route().source();
            Kind to = route.route().destination();
            if (from == to) {
                Place place = places().of(from, 1, OVERLAP_BYTES);
                requireOverlap(route, place.region(), place.region(), place);
            } else if (to == Kind.LOCAL && from == Kind.PEER) {
                LocalPlace place = places().local(1, Access.READ_WRITE, OVERLAP_BYTES);
                requireOverlap(route, selfAttached(place), place.region(), place);
            } else if (from == Kind.LOCAL && to == Kind.PEER) {
                LocalPlace place = places().local(1, Access.READ_WRITE, OVERLAP_BYTES);
                requireOverlap(route, place.region(), selfAttached(place), place);
            }
        }
    }

    private MemoryRegion selfAttached(LocalPlace place) {
        return scene().closeLater(engine().attach(place.region().token()));
    }

    private void requireOverlap(RouteInfo route, MemoryRegion from, MemoryRegion to, Place place) {
        int unit = (int) route.alignmentBytes();
        int start = 8 * PAGE;
        int lengthBytes = 5 * PAGE + unit;
        for (int shift : new int[] {unit, -unit, PAGE, -PAGE, 3 * PAGE + unit, -3 * PAGE - unit}) {
            String what = "on " + route.route() + " with ranges " + shift + " bytes apart";
            byte[] expected = place.get(0, OVERLAP_BYTES);
            if (route.overlap() == Overlap.MEMMOVE) {
                engine().copy(from, start, to, start + shift, lengthBytes);
                System.arraycopy(expected.clone(), start, expected, start + shift, lengthBytes);
            } else {
                Expect.refused(
                        IllegalArgumentException.class,
                        what,
                        () -> engine().copy(from, start, to, start + shift, lengthBytes));
            }
            Expect.bytes(expected, place.get(0, OVERLAP_BYTES), 0, what);
        }
    }

    @Verifies(Rule.COPY_15)
    final void copy15_steadyStateCopiesAllocateNothing() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            throw new NotRun("this JVM does not count what threads allocate");
        }
        NearPair pair = NearPair.of(scene(), PAGE);
        long thread = Thread.currentThread().getId();
        long[] batches = new long[10];
        int rounds = effort().rounds(5000, 1000);
        for (int batch = 0; batch < batches.length; batch++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < rounds; i++) {
                pair.copy(64);
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
        FarPlace source = places().far(1, Access.READ, THIRD_PARTY_BYTES);
        FarPlace destination = places().far(2, Access.WRITE, THIRD_PARTY_BYTES);
        CheckedCopy copy = new CheckedCopy(engine(), source, 1, destination);
        copy.run(0, 0, THIRD_PARTY_BYTES);
        copy.run(1, 77, 60_000);
        copy.requireSourceUnchanged();
    }

    @Verifies(Rule.COPY_17)
    final void copy17_copiesBetweenOtherProcessesAreRefused() {
        FarPlace source = places().far(1, Access.READ, PAGE);
        FarPlace destination = places().far(2, Access.WRITE, PAGE);
        Expect.refused(
                UnsupportedOperationException.class,
                "copying between two peers",
                () -> engine().copy(source.region(), 0, destination.region(), 0, PAGE));
        destination.expectAll(2, "the destination after a refused copy");
    }
}
