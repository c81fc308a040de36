package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.Route;
import org.dray.RouteInfo;

/** Rules about every copy, on whatever route. */
abstract class CopyRules extends RuleGroup {
    static final int VISIBLE_BYTES = 8205;
    static final int STORED_BYTES = 3001;

    @Verifies(Rule.COPY_01)
    final void copy01_zeroBytesAreCheckedAndMoveNothing() {
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, page());
            Place destination = places().of(to, 2, page());
            CopyEngine engine = engine();
            engine.copy(source.region(), 0, destination.region(), 0, 0);
            engine.copy(source.region(), page(), destination.region(), page(), 0);
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "zero bytes from offset " + (page() + unit) + " of " + page(),
                    () -> engine.copy(source.region(), page() + unit, destination.region(), 0, 0));
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "zero bytes to offset " + -unit,
                    () -> engine.copy(source.region(), 0, destination.region(), -unit, 0));
            destination.expectAll(2, "the destination after copies of zero bytes");
            source.region().close();
            Expect.refused(
                    IllegalStateException.class,
                    "zero bytes from a closed region",
                    () -> engine.copy(source.region(), 0, destination.region(), 0, 0));
        });
    }

    @Verifies(Rule.COPY_02)
    final void copy02_randomCopiesAreExact() {
        int placeBytes = whole(1 << 17);
        Seeded seeded = scene().seeded();
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, placeBytes);
            CheckedCopy copy = new CheckedCopy(engine(), source, 1, places().of(to, 2, placeBytes));
            for (int i = 0; i < effort().rounds(2000, 20); i++) {
                long length = seeded.length(placeBytes, unit);
                runOrShrink(
                        copy,
                        seeded.offset(placeBytes - length, unit),
                        seeded.offset(placeBytes - length, unit),
                        length,
                        unit);
            }
            copy.requireSourceUnchanged();
        });
    }

    /** When a copy is wrong, complains about the shortest one found that is. */
    private static void runOrShrink(CheckedCopy copy, long from, long to, long length, long unit) {
        AtomicReference<AssertionError> smallest = new AtomicReference<>();
        if (isWrong(copy, from, to, length, smallest)) {
            Seeded.shrink(length, unit, it -> isWrong(copy, from, to, it, smallest));
            throw smallest.get();
        }
    }

    private static boolean isWrong(
            CheckedCopy copy, long from, long to, long length, AtomicReference<AssertionError> complaint) {
        try {
            copy.run(from, to, length);
            return false;
        } catch (AssertionError e) {
            complaint.set(e);
            return true;
        }
    }

    @Verifies(Rule.COPY_03)
    final void copy03_sizesAndMisalignmentsAreExact() {
        int most = effort().isFull() ? 1 << 26 : (1 << 20) + 64;
        long[] lengths = LongStream.concat(
                        LongStream.rangeClosed(1, 130),
                        IntStream.rangeClosed(8, 26)
                                .mapToLong(i -> 1L << i)
                                .flatMap(it -> it > 1 << 20 ? LongStream.of(it) : LongStream.of(it - 1, it, it + 1)))
                .toArray();
        onEveryRoute((from, to, unit) -> {
            int wanted = whole(most) + 64 * (int) unit;
            int placeBytes = Math.min(places().largestBytes(from, wanted), places().largestBytes(to, wanted));
            Place source = places().of(from, 1, placeBytes);
            CheckedCopy copy = new CheckedCopy(engine(), source, 1, places().of(to, 2, placeBytes));
            for (long length : lengths) {
                if (length % unit == 0 && length + 64 * unit <= placeBytes) {
                    long room = 63 * unit;
                    copy.run(length % (room + 1) / unit * unit, length * 7 % (room + 1) / unit * unit, length);
                }
            }
            source.expect(1, 0, 0, Math.min(1 << 20, placeBytes), "the source after all copies");
        });
    }

    @Verifies(Rule.COPY_06)
    final void copy06_missingRoutesAreRefused() {
        for (Route route : Routes.missing(info())) {
            Place source = places().of(route.source(), 1, page());
            Place destination = places().of(route.destination(), 2, page());
            Expect.refused(
                    UnsupportedOperationException.class,
                    "copying from " + route.source() + " to " + route.destination(),
                    () -> engine().copy(source.region(), 0, destination.region(), 0, page()));
            destination.expectAll(2, "the destination after a refused copy");
        }
    }

    @Verifies(Rule.COPY_09)
    final void copy09_oneCopyOfMoreThanTwoGibibytesIsComplete() {
        requireSlowRun();
        int segmentBytes = 1 << 26;
        int times = 32;
        long tallBytes = (long) segmentBytes * (times + 1);
        Route route = Stream.of(
                        info().route(Kind.LOCAL, Kind.LOCAL),
                        info().route(Kind.PEER, Kind.LOCAL),
                        info().route(Kind.LOCAL, Kind.PEER))
                .flatMap(Optional::stream)
                .filter(it -> it.maxSegments() > times)
                .map(RouteInfo::route)
                .findFirst()
                .orElseThrow(() -> new NotRun("no route takes as many segments as it needs to be so long"));
        Place source = tall(route.source(), 1, times, segmentBytes);
        Place destination = tall(route.destination(), 2, times, segmentBytes);
        engine().copy(source.region(), 0, destination.region(), 0, tallBytes);
        long last = tallBytes - segmentBytes;
        destination.expect(1, last, last, segmentBytes, "the last " + segmentBytes + " of " + tallBytes + " bytes");
    }

    /** A place in which one segment occurs many times, as no memory could hold so much. */
    private Place tall(Kind kind, long seed, int times, int segmentBytes) {
        if (kind == Kind.PEER) {
            peer().tallMemory("tall", seed, times, segmentBytes);
            return places().attached(peer(), "tall", peer().register("tall", Access.READ_WRITE));
        }
        Block block = Block.tall(seed, times, segmentBytes);
        return new LocalPlace(scene().closeLater(dray().wrap(block.buffers())), block);
    }

    @Verifies(Rule.COPY_10)
    final void copy10_differentSplitsAreExact() {
        int[] seven = {1000, 1, 1500, 7, 64, 1427, 1001};
        int[] five = {2, 2999, 1, 998, 1000};
        onEveryRoute((from, to, unit) -> {
            boolean enough = info().route(from, to).orElseThrow().maxSegments() >= seven.length;
            if (enough && isMemory(from) && isMemory(to)) {
                Place source = segmented(from, 1, units(seven, unit));
                CheckedCopy copy = new CheckedCopy(engine(), source, 1, segmented(to, 2, units(five, unit)));
                copy.run(0, 0, 5000 * unit);
                copy.run(999 * unit, unit, 3000 * unit);
                copy.run(unit, 2998 * unit, 2002 * unit);
                copy.requireSourceUnchanged();
            }
        });
    }

    private static int[] units(int[] counts, long unit) {
        return IntStream.of(counts).map(it -> Math.toIntExact(it * unit)).toArray();
    }

    private static boolean isMemory(Kind kind) {
        return kind == Kind.LOCAL || kind == Kind.PEER;
    }

    private Place segmented(Kind kind, long seed, int... segmentBytes) {
        return kind == Kind.LOCAL
                ? places().local(seed, Access.READ_WRITE, segmentBytes)
                : places().far(seed, Access.READ_WRITE, segmentBytes);
    }

    @Verifies(Rule.COPY_12)
    final void copy12_alignmentIsKept() {
        onEveryRoute((from, to, unit) -> {
            int lengthBytes = Math.max(page(), 8 * (int) unit);
            Place source = places().of(from, 1, lengthBytes);
            Place destination = places().of(to, 2, lengthBytes);
            new CheckedCopy(engine(), source, 1, destination).run(unit, 2 * unit, 3 * unit);
            destination.fill(2, 0, lengthBytes);
            if (unit > 1) {
                for (long[] it : new long[][] {{1, 0, unit}, {0, 1, unit}, {0, 0, 1}, {0, 0, unit + 1}}) {
                    Expect.refused(
                            IllegalArgumentException.class,
                            it[2] + " bytes from " + it[0] + " to " + it[1] + " with alignment " + unit,
                            () -> engine().copy(source.region(), it[0], destination.region(), it[1], it[2]));
                }
                destination.expectAll(2, "the destination after refused copies");
            }
        });
    }

    @Verifies(Rule.COPY_13)
    final void copy13_copiedBytesAreVisibleToTheThreadThatIsTold() {
        int lengthBytes = whole(VISIBLE_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        Rounds rounds = effort().paced(100_000, 2000);
        AtomicLong told = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        Runnable writer = () -> {
            while (wrong.isEmpty() && rounds.next()) {
                long round = rounds.number();
                pair.source().putLong(lengthBytes - Long.BYTES, round);
                pair.copy(lengthBytes);
                told.set(round);
                Patience.spinUntil(() -> seen.get() >= round);
            }
            told.set(Long.MAX_VALUE);
        };
        Runnable reader = () -> {
            for (long i = told.get(); i != Long.MAX_VALUE; i = told.get()) {
                long round = i;
                if (i > seen.get()) {
                    long value = pair.destination().getLong(lengthBytes - Long.BYTES);
                    if (value != i) {
                        wrong.add("told of copy " + i + ", saw the bytes of copy " + value);
                    }
                    seen.set(i);
                }
                Patience.spinUntil(() -> told.get() != round);
            }
        };
        Expect.outcomes(Race.of(List.of(writer, reader)), Race.OK);
        Expect.same(Set.of(), wrong, "what the other thread saw");
    }

    @Verifies(Rule.COPY_14)
    final void copy14_storesBeforeTheCopyAreCopied() {
        int lengthBytes = whole(STORED_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        for (int round = 0; round < effort().rounds(10_000, 200); round++) {
            byte[] bytes = Pattern.bytes(round, 0, lengthBytes);
            pair.source().put(0, bytes);
            pair.copy(lengthBytes);
            byte[] copied = new byte[lengthBytes];
            pair.destination().get(0, copied);
            Expect.bytes(bytes, copied, 0, "round " + round);
        }
    }

    @Verifies(Rule.COPY_18)
    final void copy18_regionsOfTwoEnginesNeverMeet() {
        CopyEngine other = scene().load(scene().options()).engine(kit().backendId());
        ByteBuffer buffer = ByteBuffer.allocateDirect(page()).put(0, Pattern.bytes(2, 0, page()));
        MemoryRegion theirs = scene().closeLater(other.register(buffer, Access.READ_WRITE));
        onEveryRoute((from, to, unit) -> {
            Place ours = places().of(to, 1, page());
            Expect.refused(
                    IllegalArgumentException.class,
                    "copying from a region of another engine",
                    () -> engine().copy(theirs, 0, ours.region(), 0, page()));
            Expect.refused(
                    IllegalArgumentException.class,
                    "copying to a region of another engine",
                    () -> engine().copy(places().of(from, 3, page()).region(), 0, theirs, 0, page()));
            ours.expectAll(1, "the destination after a refused copy");
        });
        byte[] after = new byte[page()];
        buffer.get(0, after);
        Expect.bytes(Pattern.bytes(2, 0, page()), after, 0, "the other engine's region");
    }

    @Verifies(Rule.COPY_19)
    final void copy19_copiesOfEightThreadsAreExact() {
        int lengthBytes = whole(20_000);
        List<Runnable> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            NearPair pair = NearPair.of(scene(), lengthBytes);
            long seed = 100L * thread;
            threads.add(() -> {
                for (int round = 0; round < effort().rounds(2000, 60); round++) {
                    byte[] bytes = Pattern.bytes(seed + round, 0, lengthBytes);
                    pair.source().put(0, bytes);
                    pair.copy(lengthBytes);
                    byte[] copied = new byte[lengthBytes];
                    pair.destination().get(0, copied);
                    if (!Pattern.difference(bytes, copied, 0).isEmpty()) {
                        throw new IllegalStateException(Pattern.difference(bytes, copied, 0));
                    }
                }
            });
        }
        Expect.outcomes(Race.of(threads), Race.OK);
    }

    @Verifies(Rule.COPY_20)
    final void copy20_longCopiesAreExactAtEverySeam() {
        int longBytes = ((effort().isFull() ? 9 : 5) << 20) + 4096;
        onEveryRoute((from, to, unit) -> {
            long step = info().route(from, to).map(RouteInfo::maxTransferBytes).orElseThrow();
            long wanted = Math.max(longBytes, step < longBytes ? 2 * step + unit : 0);
            int lengthBytes = (int) (Math.min(
                            wanted, Math.min(places().largestBytes(from, (int) wanted), places().largestBytes(to, (int)
                                    wanted)))
                    / unit
                    * unit);
            Place source = places().of(from, 1, lengthBytes);
            new CheckedCopy(engine(), source, 1, places().of(to, 2, lengthBytes)).run(0, 0, lengthBytes);
        });
    }
}
