package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;

/** Rules about what a region is and which ranges of it a copy may touch. */
abstract class RegionRules extends RuleGroup {
    private static final int PAGE = 4096;

    @Verifies(Rule.REG_01)
    final void reg01_offsetsAddressTheRightByte() {
        int lengthBytes = 3 * PAGE;
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, lengthBytes);
            Place destination = places().of(to, 2, lengthBytes);
            CheckedCopy copy = new CheckedCopy(engine(), source, 1, destination);
            for (long offset : new long[] {0, 1, PAGE - 1, PAGE, PAGE + 1, lengthBytes - unit}) {
                long whole = offset / unit * unit;
                copy.run(whole, lengthBytes - unit - whole, unit);
            }
            copy.requireSourceUnchanged();
        });
    }

    @Verifies(Rule.REG_02)
    final void reg02_rangesOutsideAreRefused() {
        long max = Long.MAX_VALUE;
        long[][] ranges = {
            {-1, 0, 1},
            {0, -1, 1},
            {0, 0, -1},
            {0, 0, PAGE + 1},
            {PAGE, 0, 1},
            {0, PAGE, 1},
            {PAGE + 1, 0, 0},
            {0, PAGE + 1, 0},
            {max, 0, 1},
            {0, max, 1},
            {1, 0, max},
            {0, 1, max},
            {max, max, max},
            {max - 1, 0, 2},
            {0, max - 1, 2},
            {Long.MIN_VALUE, 0, 1},
            {0, 0, Long.MIN_VALUE}
        };
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, PAGE);
            Place destination = places().of(to, 2, PAGE);
            for (long[] it : ranges) {
                Expect.refused(
                        IndexOutOfBoundsException.class,
                        it[2] + " bytes from offset " + it[0] + " to offset " + it[1] + " of " + PAGE + " bytes",
                        () -> engine().copy(source.region(), it[0], destination.region(), it[1], it[2]));
            }
            source.expectAll(1, "the source after refused copies");
            destination.expectAll(2, "the destination after refused copies");
        });
    }

    @Verifies(Rule.REG_03)
    final void reg03_accessIsKept() {
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, PAGE);
            Place destination = places().of(to, 2, PAGE);
            MemoryRegion writeOnly = places().of(from, 3, PAGE, Access.WRITE).region();
            Place readOnly = places().of(to, 4, PAGE, Access.READ);
            Expect.refused(
                    IllegalArgumentException.class,
                    "reading a region with access WRITE",
                    () -> engine().copy(writeOnly, 0, destination.region(), 0, unit));
            Expect.refused(
                    IllegalArgumentException.class,
                    "writing a region with access READ",
                    () -> engine().copy(source.region(), 0, readOnly.region(), 0, unit));
            destination.expectAll(2, "the destination after a refused copy");
            readOnly.expectAll(4, "the region with access READ after a refused copy");
        });
    }

    @Verifies(Rule.REG_04)
    final void reg04_readOnlyBufferIsNotRegisteredForWriting() {
        ByteBuffer readOnly = ByteBuffer.allocateDirect(PAGE).asReadOnlyBuffer();
        for (Access access : List.of(Access.WRITE, Access.READ_WRITE)) {
            Expect.refused(
                    IllegalArgumentException.class,
                    "registering a read-only buffer for " + access,
                    () -> engine().register(readOnly, access).close());
            Expect.refused(
                    IllegalArgumentException.class,
                    "exporting a read-only buffer for " + access,
                    () -> dray().export(readOnly, access).close());
        }
    }

    @Verifies(Rule.REG_07)
    final void reg07_heapBuffersAreRefusedWithAnAdvice() {
        ByteBuffer heap = ByteBuffer.allocate(64);
        for (String message : List.of(
                Expect.refused(
                        IllegalArgumentException.class,
                        "registering a heap buffer",
                        () -> engine().register(heap, Access.READ).close()),
                Expect.refused(
                        IllegalArgumentException.class,
                        "exporting a heap buffer",
                        () -> dray().export(heap, Access.READ).close()),
                Expect.refused(
                        IllegalArgumentException.class,
                        "wrapping a heap buffer",
                        () -> dray().wrap(heap).close()),
                Expect.refused(
                        IllegalArgumentException.class,
                        "wrapping a direct and a heap buffer",
                        () -> dray().wrap(List.of(ByteBuffer.allocateDirect(64), heap))
                                .close()))) {
            Expect.mentions(message, "allocateDirect");
        }
    }

    @Verifies(Rule.REG_08)
    final void reg08_emptyBuffersAreRefused() {
        ByteBuffer empty = ByteBuffer.allocateDirect(64).position(64);
        Expect.refused(
                IllegalArgumentException.class,
                "registering an empty buffer",
                () -> engine().register(empty, Access.READ).close());
        Expect.refused(
                IllegalArgumentException.class,
                "exporting an empty buffer",
                () -> dray().export(empty, Access.READ).close());
    }

    @Verifies(Rule.REG_11)
    final void reg11_regionCoversItsBufferFromPositionToLimit() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
        buffer.put(Pattern.bytes(1, 0, 1000)).position(100).limit(300);
        try (MemoryRegion region = engine().register(buffer, Access.READ)) {
            Expect.same(200L, region.byteSize(), "the length of the region");
            buffer.clear();
            Expect.same(200L, region.byteSize(), "the length of the region after its buffer was cleared");
            Expect.bytes(Pattern.bytes(1, 100, 200), transfers().read(region, 0, 200), 0, "the region's bytes");
        }
    }

    @Verifies(Rule.REG_25)
    final void reg25_sliceIsAViewThatEndsWithItsRegion() {
        LocalPlace place = places().local(1, Access.READ_WRITE, PAGE);
        MemoryRegion region = place.region();
        MemoryRegion slice = region.slice(1000, 100);
        Expect.same(100L, slice.byteSize(), "the length of the slice");
        Expect.bytes(Pattern.bytes(1, 1000, 100), transfers().read(slice, 0, 100), 0, "the slice's bytes");
        Expect.bytes(
                Pattern.bytes(1, 1090, 10), transfers().read(slice.slice(50, 50), 40, 10), 0, "a slice of the slice");
        Expect.refused(
                IndexOutOfBoundsException.class,
                "reading behind the slice",
                () -> transfers().read(slice, 1, 100));
        for (long[] it : new long[][] {{PAGE - 100, 101}, {-1, 10}, {1, Long.MAX_VALUE}}) {
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "a slice of " + it[1] + " bytes at " + it[0],
                    () -> region.slice(it[0], it[1]));
        }
        slice.close();
        Expect.that(slice.isOpen() && region.isOpen(), "closing a slice closed something");
        Expect.refused(UnsupportedOperationException.class, "the token of a slice", slice::token);
        region.close();
        Expect.that(!slice.isOpen(), "the slice is open after its region was closed");
        Expect.refused(
                IllegalStateException.class,
                "copying through the slice of a closed region",
                () -> transfers().read(slice, 0, 1));
    }

    @Verifies(Rule.REG_27)
    final void reg27_onlyPersistentRegionsAreFlushed() {
        onEveryRoute((from, to, unit) -> {
            if (from != Kind.PERSISTENT) {
                MemoryRegion region = places().of(from, 1, PAGE).region();
                Expect.refused(
                        UnsupportedOperationException.class,
                        "flushing a region of " + from,
                        () -> region.flush(0, unit));
            }
        });
        MemoryRegion wrapped = places().wrapped(1, PAGE).region();
        Expect.refused(UnsupportedOperationException.class, "flushing wrapped memory", () -> wrapped.flush(0, 1));
    }

    @Verifies(Rule.REG_32)
    final void reg32_wrapAddressRefusesRangesThatAreNone() {
        for (long[] it : new long[][] {{0, 1}, {4096, 0}, {4096, -1}, {-1, 2}, {-4096, 8192}, {1, Long.MIN_VALUE}}) {
            Expect.refused(
                    IllegalArgumentException.class,
                    "wrapping " + it[1] + " bytes at address 0x" + Long.toHexString(it[0]),
                    () -> dray().wrapAddress(it[0], it[1], this).close());
        }
    }

    @Verifies(Rule.REG_35)
    final void reg35_wrappedMemoryBelongsToNoEngine() {
        LocalPlace place = places().wrapped(1, PAGE);
        MemoryRegion wrapped = place.region();
        Expect.refused(UnsupportedOperationException.class, "the engine of wrapped memory", wrapped::engine);
        Expect.refused(UnsupportedOperationException.class, "the token of wrapped memory", wrapped::token);
        Expect.same(Kind.LOCAL, wrapped.kind(), "the kind of wrapped memory");
        for (int i = 0; i < 2; i++) {
            Expect.bytes(Pattern.bytes(1, 8, 64), transfers().read(wrapped, 8, 64), 8, "wrapped memory, use " + i);
        }
    }

    @Verifies(Rule.REG_36)
    final void reg36_onlyWrappedMemoryOfEnoughAccessIsRegistered() {
        LocalPlace registered = places().local(1, Access.READ_WRITE, PAGE);
        Expect.refused(
                IllegalArgumentException.class,
                "registering a registered region",
                () -> engine().register(registered.region(), Access.READ).close());
        ByteBuffer readOnly = ByteBuffer.allocateDirect(PAGE).asReadOnlyBuffer();
        try (MemoryRegion wrapped = dray().wrap(readOnly)) {
            Expect.same(Access.READ, wrapped.access(), "the access of a wrapped read-only buffer");
            Expect.refused(
                    IllegalArgumentException.class,
                    "registering wrapped read-only memory for writing",
                    () -> engine().register(wrapped, Access.READ_WRITE).close());
        }
        MemoryRegion kept;
        try (MemoryRegion wrapped = dray().wrap(registered.block().buffers())) {
            kept = scene().closeLater(engine().register(wrapped, Access.READ));
        }
        Expect.bytes(
                Pattern.bytes(1, 0, 64), transfers().read(kept, 0, 64), 0, "a region whose wrapped memory was closed");
    }
}
