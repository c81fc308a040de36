package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;

/** Rules about what a region is and which ranges of it a copy may touch. */
abstract class RegionRules extends RuleGroup {
    @Verifies(Rule.REG_01)
    final void reg01_offsetsAddressTheRightByte() {
        int lengthBytes = 3 * page();
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, lengthBytes);
            Place destination = places().of(to, 2, lengthBytes);
            CheckedCopy copy = new CheckedCopy(engine(), source, 1, destination);
            for (long offset : new long[] {0, 1, page() - 1, page(), page() + 1, lengthBytes - unit}) {
                long whole = offset / unit * unit;
                copy.run(whole, lengthBytes - unit - whole, unit);
            }
            copy.requireSourceUnchanged();
        });
    }

    @Verifies(Rule.REG_02)
    final void reg02_rangesOutsideAreRefused() {
        long one = unit();
        long max = Long.MAX_VALUE / one * one;
        long[][] ranges = {
            {-one, 0, one},
            {0, -one, one},
            {0, 0, -one},
            {0, 0, page() + one},
            {page(), 0, one},
            {0, page(), one},
            {page() + one, 0, 0},
            {0, page() + one, 0},
            {max, 0, one},
            {0, max, one},
            {one, 0, max},
            {0, one, max},
            {max, max, max},
            {max - one, 0, 2 * one},
            {0, max - one, 2 * one},
            {Long.MIN_VALUE, 0, one},
            {0, 0, Long.MIN_VALUE}
        };
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, page());
            Place destination = places().of(to, 2, page());
            for (long[] it : ranges) {
                Expect.refused(
                        IndexOutOfBoundsException.class,
                        it[2] + " bytes from offset " + it[0] + " to offset " + it[1] + " of " + page() + " bytes",
                        () -> engine().copy(source.region(), it[0], destination.region(), it[1], it[2]));
            }
            source.expectAll(1, "the source after refused copies");
            destination.expectAll(2, "the destination after refused copies");
        });
    }

    @Verifies(Rule.REG_03)
    final void reg03_accessIsKept() {
        onEveryRoute((from, to, unit) -> {
            Place source = places().of(from, 1, page());
            Place destination = places().of(to, 2, page());
            MemoryRegion writeOnly = places().of(from, 3, page(), Access.WRITE).region();
            Place readOnly = places().of(to, 4, page(), Access.READ);
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
        ByteBuffer readOnly = ByteBuffer.allocateDirect(page()).asReadOnlyBuffer();
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
        int lengthBytes = whole(200);
        int capacity = lengthBytes + 800;
        ByteBuffer buffer = ByteBuffer.allocateDirect(capacity);
        buffer.put(Pattern.bytes(1, 0, capacity)).position(100).limit(100 + lengthBytes);
        try (MemoryRegion region = engine().register(buffer, Access.READ)) {
            Expect.same((long) lengthBytes, region.byteSize(), "the length of the region");
            buffer.clear();
            Expect.same((long) lengthBytes, region.byteSize(), "the length of the region after its buffer was cleared");
            transfers().expect(Pattern.bytes(1, 100, lengthBytes), region, 0, "the region's bytes");
        }
    }

    @Verifies(Rule.REG_25)
    final void reg25_sliceIsAViewThatEndsWithItsRegion() {
        int start = whole(1000);
        int half = whole(50);
        int tail = whole(10);
        Place place = readable(4 * page());
        MemoryRegion region = place.region();
        long one = unit();
        MemoryRegion slice = region.slice(start, 2L * half);
        Expect.same(2L * half, slice.byteSize(), "the length of the slice");
        transfers().expect(Pattern.bytes(1, start, 2 * half), slice, 0, "the slice's bytes");
        byte[] last = Pattern.bytes(1, start + 2L * half - tail, tail);
        transfers().expect(last, slice.slice(half, half), half - tail, "a slice of the slice");
        Expect.refused(
                IndexOutOfBoundsException.class,
                "reading behind the slice",
                () -> transfers().read(slice, one, 2 * half));
        long size = region.byteSize();
        for (long[] it : new long[][] {{size - start, start + one}, {-one, half}, {one, Long.MAX_VALUE}}) {
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
                () -> transfers().read(slice, 0, half));
    }

    /** A place in own memory, or, where the engine reads none of that, in whatever memory it reads. */
    private Place readable(int lengthBytes) {
        Kind kind = transfers().canRead(Kind.LOCAL)
                ? Kind.LOCAL
                : info().routes().get(0).route().source();
        return places().of(kind, 1, lengthBytes);
    }

    @Verifies(Rule.REG_27)
    final void reg27_onlyPersistentRegionsAreFlushed() {
        onEveryRoute((from, to, unit) -> {
            if (from != Kind.PERSISTENT) {
                MemoryRegion region = places().of(from, 1, page()).region();
                Expect.refused(
                        UnsupportedOperationException.class,
                        "flushing a region of " + from,
                        () -> region.flush(0, unit));
            }
        });
        MemoryRegion wrapped = places().wrapped(1, page()).region();
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
        LocalPlace place = places().wrapped(1, 4 * page());
        MemoryRegion wrapped = place.region();
        Expect.refused(UnsupportedOperationException.class, "the engine of wrapped memory", wrapped::engine);
        Expect.refused(UnsupportedOperationException.class, "the token of wrapped memory", wrapped::token);
        Expect.same(Kind.LOCAL, wrapped.kind(), "the kind of wrapped memory");
        for (int i = 0; i < 2; i++) {
            transfers().expect(Pattern.bytes(1, whole(8), 64), wrapped, whole(8), "wrapped memory, use " + i);
        }
    }

    @Verifies(Rule.REG_36)
    final void reg36_onlyWrappedMemoryOfEnoughAccessIsRegistered() {
        LocalPlace registered = places().local(1, Access.READ_WRITE, page());
        Expect.refused(
                IllegalArgumentException.class,
                "registering a registered region",
                () -> engine().register(registered.region(), Access.READ).close());
        ByteBuffer readOnly = ByteBuffer.allocateDirect(page()).asReadOnlyBuffer();
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
        transfers().expect(Pattern.bytes(1, 0, 64), kept, 0, "a region whose wrapped memory was closed");
    }
}
