package org.dray.tck;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RegionToken;
import org.dray.RouteInfo;

/** Rules about the memory behind a region: whose it is, in how many pieces, how long it lives. */
abstract class RegionMemoryRules extends RuleGroup {
    private static final int ENOUGH_SEGMENTS = 5000;

    @Verifies(Rule.REG_05)
    final void reg05_readOnlyBufferIsRegisteredForReading() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page()).put(0, Pattern.bytes(1, 0, page()));
        try (MemoryRegion region = engine().register(buffer.asReadOnlyBuffer(), Access.READ)) {
            transfers().expect(Pattern.bytes(1, 0, page()), region, 0, "the read-only region");
        }
    }

    @Verifies(Rule.REG_06)
    final void reg06_readOnlyBufferIsRefused() {
        ByteBuffer readOnly = ByteBuffer.allocateDirect(page()).asReadOnlyBuffer();
        Expect.refused(
                UnsupportedOperationException.class,
                "registering a read-only buffer",
                () -> engine().register(readOnly, Access.READ).close());
    }

    @Verifies(Rule.REG_09)
    final void reg09_registeredBufferStaysReachable() {
        List<MemoryRegion> regions = new ArrayList<>();
        WeakReference<ByteBuffer> memory = registerAndDrop(regions);
        try (MemoryRegion region = regions.get(0)) {
            for (int i = 0; i < effort().rounds(10, 3); i++) {
                System.gc();
            }
            Expect.that(memory.get() != null, "the buffer of an open region was collected");
            transfers().expect(Pattern.bytes(1, 0, page()), region, 0, "a region without other owner");
        }
    }

    @Verifies(Rule.REG_10)
    final void reg10_closedRegionLetsGoOfItsMemory() {
        List<MemoryRegion> regions = new ArrayList<>();
        WeakReference<ByteBuffer> memory = registerAndDrop(regions);
        regions.remove(0).close();
        Expect.that(
                Patience.collectingUntil(Duration.ofSeconds(5), () -> memory.get() == null),
                "the buffer of a closed region is still reachable");
    }

    /** In a method of its own, so that no local variable keeps the buffer. */
    private WeakReference<ByteBuffer> registerAndDrop(List<MemoryRegion> regions) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page()).put(0, Pattern.bytes(1, 0, page()));
        regions.add(engine().register(buffer, Access.READ));
        return new WeakReference<>(buffer);
    }

    @Verifies(Rule.REG_12)
    final void reg12_copiesCrossEveryBoundaryBetweenSegments() {
        int[] sixteen = IntStream.range(0, 16).map(i -> 2 + i * i % 61).toArray();
        for (int[] units : List.of(new int[] {900}, new int[] {2, 898}, sixteen)) {
            onEveryRoute((from, to, unit) -> {
                int[] sizes = IntStream.of(units)
                        .map(it -> Math.toIntExact(it * unit))
                        .toArray();
                int lengthBytes = IntStream.of(sizes).sum();
                boolean enough = mostSegments(from, to) >= sizes.length;
                if (enough && from == Kind.LOCAL) {
                    LocalPlace source = places().local(1, Access.READ, sizes);
                    crossBoundaries(source, places().of(to, 2, lengthBytes), sizes, unit);
                }
                if (enough && to == Kind.LOCAL) {
                    LocalPlace destination = places().local(2, Access.WRITE, sizes);
                    crossBoundaries(places().of(from, 1, lengthBytes), destination, sizes, unit);
                }
            });
        }
    }

    private int mostSegments(Kind from, Kind to) {
        return info().route(from, to).map(RouteInfo::maxSegments).orElseThrow();
    }

    private void crossBoundaries(Place source, Place destination, int[] sizes, long unit) {
        CheckedCopy copy = new CheckedCopy(engine(), source, 1, destination);
        copy.run(0, 0, source.region().byteSize());
        long boundary = 0;
        for (int i = 0; i < sizes.length - 1; i++) {
            boundary += sizes[i];
            copy.run(boundary - unit, boundary - unit, 2 * unit);
        }
    }

    @Verifies(Rule.REG_13)
    final void reg13_segmentsAreRefused() {
        MemoryRegion two = places().wrapped(1, whole(64), whole(64)).region();
        Expect.refused(
                UnsupportedOperationException.class,
                "registering two segments",
                () -> engine().register(two, Access.READ).close());
    }

    @Verifies(Rule.REG_14)
    final void reg14_asManySegmentsAsDeclaredAreCopied() {
        onEveryRoute((from, to, unit) -> {
            if (from != Kind.LOCAL && to != Kind.LOCAL) {
                return;
            }
            int most = mostSegments(from, to);
            int enough = (int) Math.max(16, ENOUGH_SEGMENTS / unit);
            copyScattered(from, to, Math.min(most, enough), unit);
            if (most < enough) {
                Expect.refused(
                        IllegalArgumentException.class,
                        (most + 1) + " segments where " + most + " are declared",
                        () -> copyScattered(from, to, most + 1, unit));
            }
        });
    }

    /** One side is own memory in many segments, the other in one. */
    private void copyScattered(Kind from, Kind to, int count, long unit) {
        int segmentBytes = Math.toIntExact(3 * unit);
        int lengthBytes = count * segmentBytes;
        Place source = from == Kind.LOCAL ? scattered(1, count, segmentBytes) : places().of(from, 1, lengthBytes);
        Place destination = from == Kind.LOCAL ? places().of(to, 2, lengthBytes) : scattered(2, count, segmentBytes);
        new CheckedCopy(engine(), source, 1, destination).run(0, 0, lengthBytes);
    }

    /** Segments with a gap between any two. */
    private LocalPlace scattered(long seed, int count, int segmentBytes) {
        int stride = segmentBytes + 1;
        ByteBuffer all = ByteBuffer.allocateDirect(stride * count);
        Block block = new Block(IntStream.range(0, count)
                .mapToObj(i -> all.slice(stride * i, segmentBytes))
                .toList());
        block.fill(seed, 0, (long) segmentBytes * count);
        return new LocalPlace(scene().closeLater(dray().wrap(block.buffers())), block);
    }

    @Verifies(Rule.REG_15)
    final void reg15_overlappingRegionsAreIndependent() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * page()).put(0, Pattern.bytes(1, 0, 2 * page()));
        MemoryRegion whole = scene().closeLater(engine().register(buffer, Access.READ));
        MemoryRegion again = scene().closeLater(engine().register(buffer, Access.READ_WRITE));
        MemoryRegion part = scene().closeLater(engine().register(buffer.slice(1000, page()), Access.READ));
        Expect.that(!whole.token().equals(again.token()), "two registrations of one buffer have the same token");
        whole.close();
        Expect.that(again.isOpen() && part.isOpen(), "closing one region closed another over the same memory");
        transfers().expect(Pattern.bytes(1, 1000, page()), part, 0, "the part after close");
        again.close();
        transfers().expect(Pattern.bytes(1, 1000, page()), part, 0, "the part after both closes");
    }

    @Verifies(Rule.REG_16)
    final void reg16_oneOfEightRacingCopiesStarts() {
        for (int round = 0; round < effort().rounds(50, 3); round++) {
            MemoryRegion region = singleUse();
            List<String> outcomes = peer().race(8, far(), near(), page());
            Expect.outcomes(outcomes, Race.OK, CopyStatus.TOKEN_STALE.name());
            Expect.same(
                    1L, outcomes.stream().filter(Race.OK::equals).count(), "the number of winners among " + outcomes);
            Expect.that(region.isConsumed(), "the owner's isConsumed() is false after a use");
            Expect.that(peer().isConsumed("single"), "the peer's isConsumed() is false after a use");
            peer().close("single");
            region.close();
        }
    }

    @Verifies(Rule.REG_17)
    final void reg17_copyOfZeroBytesDoesNotConsume() {
        MemoryRegion region = singleUse();
        peer().copy(far(), 0, near(), 0, 0);
        Expect.that(!region.isConsumed(), "a copy of zero bytes consumed the region");
        peer().copy(far(), 0, near(), 0, page());
        Expect.that(region.isConsumed(), "isConsumed() is false after a use");
    }

    /** A single-use region here, attached there as {@code single}, with wrapped memory beside it. */
    private MemoryRegion singleUse() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        MemoryRegion region = scene().closeLater(engine().register(buffer, Access.READ_WRITE, RegionOption.SINGLE_USE));
        Expect.that(!region.isConsumed(), "isConsumed() is true before any use");
        RegionToken token = region.token();
        Expect.that(token.singleUse(), "the token of a single-use region does not say so");
        peer().attach("single", token);
        peer().memory("near", 1, page());
        peer().wrap("near");
        return region;
    }

    private String far() {
        return info().route(Kind.PEER, Kind.LOCAL).isPresent() ? "single" : "near";
    }

    private String near() {
        return info().route(Kind.PEER, Kind.LOCAL).isPresent() ? "near" : "single";
    }

    @Verifies(Rule.REG_18)
    final void reg18_singleUseIsRefused() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        Expect.refused(
                UnsupportedOperationException.class,
                "registering a single-use region",
                () -> engine().register(buffer, Access.READ, RegionOption.SINGLE_USE)
                        .close());
    }

    @Verifies(Rule.REG_31)
    final void reg31_rawMemoryIsRegisteredAndCopied() {
        RawMemory.require();
        RawMemory raw = RawMemory.map(1, 2 * page());
        try (MemoryRegion wrapped = dray().wrapAddress(raw.address(), 2L * page(), raw);
                MemoryRegion region = engine().register(wrapped, Access.READ_WRITE)) {
            Expect.same(2L * page(), region.byteSize(), "the length of the region");
            byte[] bytes = Pattern.bytes(1, whole(1), page());
            transfers().expect(bytes, wrapped, whole(1), "wrapped raw memory");
            transfers().expect(bytes, region, whole(1), "registered raw memory");
            if (transfers().canWrite(Kind.LOCAL)) {
                int offset = whole(5);
                transfers().write(region, offset, Pattern.bytes(2, 0, page()));
                byte[] after = raw.block().get(offset, page());
                Expect.bytes(Pattern.bytes(2, 0, page()), after, offset, "raw memory after a copy into it");
            }
        } finally {
            RawMemory.unmap(raw.address(), 2L * page());
        }
    }

    @Verifies(Rule.REG_33)
    final void reg33_rawMemoryIsRefused() {
        RawMemory.require();
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        try (MemoryRegion wrapped = dray().wrapAddress(RawMemory.addressOf(buffer), page(), buffer)) {
            Expect.refused(
                    UnsupportedOperationException.class,
                    "registering raw memory",
                    () -> engine().register(wrapped, Access.READ).close());
            if (transfers().canRead(Kind.LOCAL)) {
                Expect.refused(
                        UnsupportedOperationException.class,
                        "copying raw memory",
                        () -> transfers().read(wrapped, 0, 64));
            }
        }
    }

    @Verifies(Rule.REG_34)
    final void reg34_registeringLeavesNothingBehind() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        Rounds first = effort().paced(1000, 20);
        registerAndClose(buffer, first);
        long mappings = Traces.mappingCount();
        int files = Directories.names(scene().directory()).size();
        Rounds rounds = effort().paced(100_000, 2000);
        registerAndClose(buffer, rounds);
        long grown = Traces.mappingCount() - mappings;
        Expect.that(grown < 50, rounds.number() + " registrations left " + grown + " mappings behind");
        Expect.same(files, Directories.names(scene().directory()).size(), "the number of files after all rounds");
    }

    private void registerAndClose(ByteBuffer buffer, Rounds rounds) {
        while (rounds.next()) {
            try (MemoryRegion region = engine().register(buffer, Access.READ_WRITE)) {
                Expect.that(region.isOpen(), "a new region is not open");
            } catch (CopyException e) {
                throw new AssertionError("registration " + rounds.number() + ": " + e.getMessage(), e);
            }
        }
    }
}
