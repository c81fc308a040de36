package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RouteInfo;
import org.dray.TestSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a copy moves, and what it refuses before a byte has moved. */
class CopyTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private DrayCore dray;
    private CopyEngine engine;
    private ByteBuffer sourceMemory;
    private ByteBuffer destinationMemory;
    private MemoryRegion source;
    private MemoryRegion destination;
    private final AtomicInteger steps = new AtomicInteger();

    @BeforeEach
    void makeRegions() {
        reload();
    }

    /** Loads anew, after the test has changed what the toy declares. */
    private void reload() {
        dray = toys.load();
        engine = dray.engine("toy");
        sourceMemory = Toys.filled(64, 1);
        destinationMemory = Toys.filled(64, 2);
        source = engine.register(sourceMemory, Access.READ_WRITE);
        destination = engine.register(destinationMemory, Access.READ_WRITE);
        toys.toy.onStep = step -> {
            steps.incrementAndGet();
            return true;
        };
    }

    private void assertNothingMoved() {
        assertThat(steps).hasValue(0);
        assertThat(destinationMemory).isEqualTo(Toys.filled(64, 2));
    }

    @Test
    void bytesArriveWhereTheyBelongAndNowhereElse() {
        engine.copy(source, 3, destination, 10, 20);
        byte[] expected = Toys.bytes(Toys.filled(64, 2));
        System.arraycopy(Toys.bytes(Toys.filled(64, 1)), 3, expected, 10, 20);
        assertThat(Toys.bytes(destinationMemory)).isEqualTo(expected);
        assertThat(sourceMemory).isEqualTo(Toys.filled(64, 1));
    }

    @Test
    void randomCopiesBetweenRegionsOfManySegmentsAgreeWithArrays() {
        TestSeed seed = TestSeed.next();
        Random random = seed.random();
        for (int round = 0; round < 200; round++) {
            byte[] from = new byte[1 + random.nextInt(300)];
            byte[] to = new byte[1 + random.nextInt(300)];
            random.nextBytes(from);
            random.nextBytes(to);
            List<ByteBuffer> fromSegments = segments(from, random);
            List<ByteBuffer> toSegments = segments(to, random);
            int length = random.nextInt(Math.min(from.length, to.length) + 1);
            int start = random.nextInt(from.length - length + 1);
            int target = random.nextInt(to.length - length + 1);
            try (MemoryRegion a = dray.wrap(fromSegments);
                    MemoryRegion b = engine.register(dray.wrap(toSegments), Access.WRITE)) {
                assertThat(a.segmentCount()).isEqualTo(fromSegments.size());
                engine.copy(a, start, b, target, length);
            }
            System.arraycopy(from, start, to, target, length);
            assertThat(joined(toSegments)).as(seed + ", round " + round).isEqualTo(to);
        }
    }

    private static List<ByteBuffer> segments(byte[] bytes, Random random) {
        List<ByteBuffer> segments = new java.util.ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(100));
            ByteBuffer segment = ByteBuffer.allocateDirect(length);
            segment.put(0, bytes, at, length);
            segments.add(segment);
            at += length;
        }
        return segments;
    }

    private static byte[] joined(List<ByteBuffer> segments) {
        ByteBuffer all = ByteBuffer.allocate(
                segments.stream().mapToInt(ByteBuffer::capacity).sum());
        segments.forEach(segment -> all.put(segment.duplicate()));
        return all.array();
    }

    @ParameterizedTest(name = "{0} + {1}")
    @CsvSource({
        "-1, 1",
        "0, -1",
        "64, 1",
        "0, 65",
        "60, 5",
        "65, 0",
        "1, 9223372036854775807",
        "9223372036854775807, 1",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775807, 0",
        "-9223372036854775808, 64",
        "-9223372036854775808, -9223372036854775808",
        "64, -1",
        "0, -9223372036854775808"
    })
    void rangeOutsideARegionIsRefusedOnBothSides(long offset, long length) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> engine.copy(source, offset, destination, 0, length))
                .withMessage(
                        "range of " + length + " bytes at offset " + offset + " leaves the source region of 64 bytes");
        MemoryRegion endless = dray.wrapAddress(1, Long.MAX_VALUE - 1, this);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> engine.copy(endless, 0, destination, offset, length));
        assertNothingMoved();
    }

    @Test
    void zeroBytesAreCheckedAndNoDriverIsAsked() {
        engine.copy(source, 64, destination, 64, 0);
        engine.copy(source, 0, destination, 0, 0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> engine.copy(source, 65, destination, 0, 0));
        assertNothingMoved();
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void onlyReadableRegionsAreReadAndOnlyWritableOnesWritten(Access access) {
        MemoryRegion region = engine.register(Toys.empty(64), access);
        if (access.isReadable()) {
            engine.copy(region, 0, destination, 0, 64);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.copy(region, 0, destination, 0, 64))
                    .withMessage("the source region has access WRITE and cannot be read");
        }
        if (access.isWritable()) {
            engine.copy(source, 0, region, 0, 64);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.copy(source, 0, region, 0, 64))
                    .withMessage("the destination region has access READ and cannot be written");
        }
    }

    @Test
    void wrappedReadOnlyBufferIsNotWritten() {
        MemoryRegion readOnly = dray.wrap(destinationMemory.asReadOnlyBuffer());
        assertThat(readOnly.access()).isEqualTo(Access.READ);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(source, 0, readOnly, 0, 64));
        assertNothingMoved();
        engine.copy(readOnly, 0, source, 0, 64);
        assertThat(sourceMemory).isEqualTo(destinationMemory);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 8", "0, 1, 8", "0, 0, 7", "8, 8, 1", "4, 0, 8"})
    void unalignedRangeIsRefused(long start, long target, long length) {
        toys.toy.info.alignmentBytes(8);
        reload();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.copy(source, start, destination, target, length))
                .withMessage("offsets " + start + " and " + target + " and length " + length
                        + " must be multiples of 8 on LOCAL->LOCAL by CALLER");
        assertNothingMoved();
        engine.copy(source, 8, destination, 16, 24);
    }

    @Test
    void alignmentCountsFromTheRegionAndNotFromItsSlice() {
        toys.toy.info.alignmentBytes(8);
        reload();
        MemoryRegion slice = source.slice(4, 16);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(slice, 0, destination, 0, 8));
        engine.copy(slice, 4, destination, 0, 8);
        assertThat(Toys.bytes(destinationMemory, 0, 8)).isEqualTo(Toys.bytes(sourceMemory, 8, 16));
    }

    @ParameterizedTest(name = "{0} -> {1}, {2} bytes")
    @CsvSource({"0, 0, 1", "0, 8, 9", "8, 0, 9", "0, 31, 33", "31, 0, 32", "0, 1, 32"})
    void overlapIsRefusedWhereTheRouteRejectsIt(int start, int target, int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.copy(source, start, source, target, length))
                .withMessageContaining("source and destination overlap")
                .withMessageContaining("LOCAL->LOCAL");
        MemoryRegion same = dray.wrap(sourceMemory);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(source, start, same, target, length));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(same, start, source, target, length));
        assertThat(sourceMemory).isEqualTo(Toys.filled(64, 1));
        assertThat(steps).hasValue(0);
    }

    @ParameterizedTest(name = "{0} -> {1}, {2} bytes")
    @CsvSource({"0, 8, 8", "8, 0, 8", "0, 32, 32", "32, 0, 32", "63, 0, 1", "0, 1, 1"})
    void neighboursDoNotOverlap(int start, int target, int length) {
        byte[] expected = Toys.bytes(sourceMemory);
        System.arraycopy(expected, start, expected, target, length);
        engine.copy(source, start, source, target, length);
        assertThat(Toys.bytes(sourceMemory)).isEqualTo(expected);
    }

    @Test
    void overlapIsFoundBetweenSegments() {
        ByteBuffer memory = Toys.filled(64, 1);
        MemoryRegion twice = dray.wrap(List.of(memory.slice(0, 16), memory.slice(32, 16)));
        MemoryRegion crossed = engine.register(
                dray.wrap(List.of(memory.slice(48, 16), memory.slice(40, 8), memory.slice(0, 8))), Access.READ_WRITE);
        engine.copy(twice, 0, crossed, 0, 16);
        engine.copy(crossed, 24, twice, 8, 8);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(twice, 16, crossed, 15, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(twice, 0, crossed, 8, 24));
    }

    @Test
    void overlapInADeviceIsFoundThroughEqualSpaces() {
        AddressSpace space = engine.info().spaces().get(2);
        AddressSpace equal = new AddressSpace(
                space.engineId(), space.name(), space.kind(), space.byteSize(), space.alignmentBytes());
        MemoryRegion a = engine.region(space, 0, 64, Access.READ_WRITE);
        MemoryRegion b = engine.region(equal, 32, 64, Access.READ_WRITE);
        engine.copy(a, 0, b, 0, 32);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(a, 0, b, 0, 33));
        MemoryRegion persistent = engine.region(engine.info().spaces().get(3), 0, 64, Access.READ_WRITE);
        engine.copy(a, 0, persistent, 0, 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 63})
    void overlapInStepsIsAsIfThroughATemporary(int distance) {
        toys.toy.info.overlap(RouteInfo.Overlap.MEMMOVE).maxTransferBytes(7);
        reload();
        byte[] expected = Toys.bytes(sourceMemory);
        System.arraycopy(expected, 0, expected, distance, 64 - distance);
        engine.copy(source, 0, source, distance, 64 - distance);
        assertThat(Toys.bytes(sourceMemory)).isEqualTo(expected);
        System.arraycopy(expected, distance, expected, 0, 64 - distance);
        engine.copy(source, distance, dray.wrap(sourceMemory), 0, 64 - distance);
        assertThat(Toys.bytes(sourceMemory)).isEqualTo(expected);
    }

    @Test
    void longCopyIsSplitAtTheLimitOfTheRoute() {
        toys.toy.info.maxTransferBytes(10);
        reload();
        engine.copy(source, 0, destination, 0, 64);
        assertThat(steps).hasValue(7);
        assertThat(destinationMemory).isEqualTo(sourceMemory);
        assertThat(engine.info().routes())
                .allSatisfy(route -> assertThat(route.emulated()).contains(RouteInfo.Emulation.SPLITTING));
    }

    @Test
    void stepsAreMultiplesOfTheAlignment() {
        toys.toy.info.maxTransferBytes(15).alignmentBytes(4);
        reload();
        engine.copy(source, 0, destination, 4, 60);
        assertThat(steps).hasValue(5);
    }

    @Test
    void regionThatEndsWithItsFirstCopyIsCopiedInOneStep() {
        toys.toy.countsUses = true;
        MemoryRegion once = engine.register(Toys.filled(9 << 20, 1), Access.READ_WRITE, RegionOption.SINGLE_USE);
        MemoryRegion again = engine.register(Toys.filled(9 << 20, 1), Access.READ_WRITE);
        assertThat(toys.toy.singleUses).as("registered for a single use").hasValue(1);
        DrayCore peer = toys.load();
        CopyEngine far = peer.engine("toy");
        MemoryRegion near = peer.wrap(Toys.empty(9 << 20));
        MemoryRegion attached = far.attach(once.token());
        MemoryRegion attachedAgain = far.attach(again.token());
        steps.set(0);
        far.copy(attached, 0, near, 0, 9 << 20);
        assertThat(steps).hasValue(1);
        far.copy(near, 0, attachedAgain, 0, 9 << 20);
        assertThat(steps).hasValue(1 + 3);
    }

    @Test
    void copyWithoutLimitIsSplitAtFourMebibytes() {
        MemoryRegion big = dray.wrap(Toys.empty(9 << 20));
        MemoryRegion copy = engine.register(Toys.empty(9 << 20), Access.WRITE);
        engine.copy(big, 0, copy, 0, 9 << 20);
        assertThat(steps).hasValue(3);
        assertThat(engine.info().routes())
                .allSatisfy(route -> assertThat(route.emulated()).doesNotContain(RouteInfo.Emulation.SPLITTING));
    }

    @Test
    void moreSegmentsThanTheRouteTakesAreRefused() {
        toys.toy.info.maxSegments(2);
        reload();
        List<ByteBuffer> three = List.of(Toys.empty(8), Toys.empty(8), Toys.empty(8));
        MemoryRegion many = dray.wrap(three);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.copy(many, 0, destination, 0, 8))
                .withMessageContaining("regions of 3 and 1 segments, at most 2");
        engine.copy(dray.wrap(three.subList(0, 2)), 0, destination, 0, 16);
    }

    @Test
    void undeclaredSegmentsAreRefusedWhereTheyAreUsed() {
        toys.toy.info.without(Capability.SEGMENTS);
        reload();
        MemoryRegion two = dray.wrap(List.of(Toys.empty(8), Toys.empty(8)));
        assertThatThrownBy(() -> engine.copy(two, 0, destination, 0, 8))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not declare SEGMENTS");
        assertThatThrownBy(() -> engine.register(two, Access.READ)).isInstanceOf(UnsupportedOperationException.class);
        assertNothingMoved();
    }

    @Test
    void rawMemoryIsRefusedWhereItIsNotDeclared() {
        toys.toy.info.without(Capability.RAW_ADDRESS);
        reload();
        MemoryRegion raw = dray.wrapAddress(4096, 8, this);
        assertThatThrownBy(() -> engine.copy(raw, 0, destination, 0, 8))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not declare RAW_ADDRESS");
        assertThatThrownBy(() -> engine.register(raw, Access.READ)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void missingRouteIsRefusedAndNamesThoseThereAre() {
        toys.toy.info.withoutRoutesOf(AddressSpace.Kind.DEVICE);
        reload();
        MemoryRegion board = engine.region(engine.info().spaces().get(2), 0, 64, Access.READ_WRITE);
        assertThatThrownBy(() -> engine.copy(source, 0, board, 0, 64))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no route LOCAL->DEVICE")
                .hasMessageContaining("LOCAL->PERSISTENT by CALLER");
    }

    @Test
    void regionsOfTwoEnginesDoNotMeet() {
        toys.another("other");
        DrayCore both = toys.load();
        MemoryRegion a = both.engine("toy").register(Toys.empty(8), Access.READ_WRITE);
        MemoryRegion b = both.engine("other").register(Toys.empty(8), Access.READ_WRITE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.engine("toy").copy(a, 0, b, 0, 8))
                .withMessageContaining("the destination is a region of engine other, not of engine toy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.copy(a, 0, destination, 0, 8))
                .withMessageContaining("the source is a region of another Dray");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.copy(both.wrap(Toys.empty(8)), 0, destination, 0, 8))
                .withMessageContaining("the source is a region of another Dray");
        assertNothingMoved();
    }

    @Test
    void regionThatDrayDidNotMakeIsRefused() {
        MemoryRegion strange = (MemoryRegion) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MemoryRegion.class}, (proxy, method, arguments) -> null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.copy(strange, 0, destination, 0, 8))
                .withMessageContaining("not a region that Dray made");
        assertThatNullPointerException().isThrownBy(() -> engine.copy(null, 0, destination, 0, 8));
        assertThatNullPointerException().isThrownBy(() -> engine.copy(source, 0, null, 0, 8));
        assertNothingMoved();
    }

    @Test
    void sliceAddressesItsPartAndNothingElse() {
        MemoryRegion slice = source.slice(16, 32).slice(8, 16);
        assertThat(slice.byteSize()).isEqualTo(16);
        engine.copy(slice, 4, destination, 0, 12);
        assertThat(Toys.bytes(destinationMemory, 0, 12)).isEqualTo(Toys.bytes(sourceMemory, 28, 40));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> engine.copy(slice, 4, destination, 0, 13));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.slice(1, 16));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.slice(0, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.slice(-1, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> slice.slice(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @Test
    void sliceEndsWithItsRegionAndNotBefore() {
        MemoryRegion slice = source.slice(0, 8);
        slice.close();
        assertThat(slice.isOpen()).isTrue();
        engine.copy(slice, 0, destination, 0, 8);
        assertThatThrownBy(slice::token).isInstanceOf(UnsupportedOperationException.class);
        source.close();
        assertThat(slice.isOpen()).isFalse();
        assertThatThrownBy(() -> engine.copy(slice, 0, destination, 0, 8)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyRouteCarries() {
        List<MemoryRegion> regions = new java.util.ArrayList<>(List.of(dray.wrap(Toys.empty(64))));
        regions.add(engine.allocate(64, Access.READ_WRITE));
        regions.add(engine.region(engine.info().spaces().get(2), 64, 64, Access.READ_WRITE));
        regions.add(engine.region(engine.info().spaces().get(3), 256, 64, Access.READ_WRITE));
        regions.add(engine.attach(toys.load()
                .engine("toy")
                .register(Toys.empty(64), Access.READ_WRITE)
                .token()));
        MemoryRegion before = source;
        for (MemoryRegion region : regions) {
            engine.copy(before, 0, region, 0, 64);
            before = region;
        }
        engine.copy(before, 0, destination, 0, 64);
        assertThat(destinationMemory).isEqualTo(sourceMemory);
    }

    @Test
    void wrapThatTheDriverRefusesChangesNothing() {
        toys.toy.fail(org.dray.toy.ToyBackend.Call.WRAP, org.dray.CopyStatus.RESOURCE_LIMIT);
        MemoryRegion near = dray.wrap(Toys.empty(8));
        assertThatThrownBy(() -> engine.copy(near, 0, destination, 0, 8)).isInstanceOf(CopyException.class);
        assertNothingMoved();
        toys.toy.heal(org.dray.toy.ToyBackend.Call.WRAP);
        engine.copy(near, 0, destination, 0, 8);
    }

    @Test
    void wrappedMemoryIsWrappedOnceForEachEngine() {
        int before = toys.toy.openRegions();
        MemoryRegion near = dray.wrap(Toys.empty(8));
        for (int i = 0; i < 10; i++) {
            engine.copy(near, 0, destination, 0, 8);
        }
        assertThat(toys.toy.openRegions()).isEqualTo(before + 1);
    }
}
