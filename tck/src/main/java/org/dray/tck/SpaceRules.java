package org.dray.tck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** Rules about memory that the engine has: allocated, mapped, of a device, persistent. */
abstract class SpaceRules extends RuleGroup {
    @Verifies(Rule.REG_19)
    final void reg19_allocatedMemoryIsZeroedAndExact() {
        int lengthBytes = whole(10_001);
        int tailBytes = whole(10);
        MemoryRegion region = scene().closeLater(engine().allocate(lengthBytes, Access.READ_WRITE));
        Expect.same((long) lengthBytes, region.byteSize(), "the length of the region");
        transfers().expect(new byte[lengthBytes], region, 0, "memory that was just allocated");
        if (transfers().canWrite(Kind.LOCAL)) {
            byte[] bytes = Pattern.bytes(1, 0, tailBytes);
            transfers().write(region, lengthBytes - tailBytes, bytes);
            transfers().expect(bytes, region, lengthBytes - tailBytes, "the last bytes");
        }
        for (long length : new long[] {0, -1, Long.MIN_VALUE}) {
            Expect.refused(
                    IllegalArgumentException.class,
                    "allocating " + length + " bytes",
                    () -> engine().allocate(length, Access.READ).close());
        }
    }

    @Verifies(Rule.REG_20)
    final void reg20_allocateIsRefused() {
        Expect.refused(
                UnsupportedOperationException.class,
                "allocate",
                () -> engine().allocate(page(), Access.READ).close());
    }

    @Verifies(Rule.REG_21)
    final void reg21_mappedBufferIsTheRegionsMemory() {
        requireMapped(scene().closeLater(engine().allocate(3L * page(), Access.READ_WRITE)));
        MemoryRegion registered = places().local(3, Access.READ, page()).region();
        Expect.refused(
                UnsupportedOperationException.class,
                "mapping a registered region",
                () -> registered.map(0, page()).clear());
    }

    @Verifies(Rule.REG_37)
    final void reg37_mappedBufferIsThePersistentMemory() {
        requireMapped(places().of(Kind.PERSISTENT, 3, 3 * page()).region());
    }

    private void requireMapped(MemoryRegion region) {
        int one = (int) unit();
        int start = page() - one;
        ByteBuffer buffer = region.map(start, page());
        Expect.same(page(), buffer.capacity(), "the capacity of the mapped buffer");
        Expect.same(ByteOrder.nativeOrder(), buffer.order(), "the byte order of the mapped buffer");
        buffer.put(0, Pattern.bytes(1, 0, page()));
        transfers().expect(Pattern.bytes(1, 0, page()), region, start, "the region after a store");
        if (transfers().canWrite(region.kind())) {
            byte[] bytes = Pattern.bytes(2, 0, one);
            transfers().write(region, start + page() - one, bytes);
            byte[] seen = new byte[one];
            buffer.get(page() - one, seen);
            Expect.bytes(bytes, seen, page() - one, "the mapped buffer after a copy");
        }
        Expect.refused(
                IndexOutOfBoundsException.class,
                "mapping behind the region",
                () -> region.map(one, 3L * page()).clear());
    }

    @Verifies(Rule.REG_22)
    final void reg22_mappedBufferOutlivesItsRegion() {
        MemoryRegion region = engine().allocate(page(), Access.READ_WRITE);
        ByteBuffer buffer = region.map(0, page()).put(0, Pattern.bytes(1, 0, page()));
        region.close();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        byte[] seen = new byte[page()];
        buffer.get(0, seen);
        Expect.bytes(Pattern.bytes(1, 0, page()), seen, 0, "the mapped buffer after its region was closed");
    }

    @Verifies(Rule.REG_23)
    final void reg23_mapIsRefused() {
        MemoryRegion region = info().has(Capability.ALLOCATE)
                ? scene().closeLater(engine().allocate(page(), Access.READ))
                : places().local(1, Access.READ, page()).region();
        Expect.refused(
                UnsupportedOperationException.class,
                "map",
                () -> region.map(0, page()).clear());
    }

    @Verifies(Rule.REG_24)
    final void reg24_offsetsAboveFourGibibytesAddressTheRightBytes() {
        long lengthBytes = (1L << 32) + (1 << 16);
        MemoryRegion region;
        try {
            region = scene().closeLater(engine().allocate(lengthBytes, Access.READ_WRITE));
        } catch (CopyException e) {
            Expect.same(CopyStatus.RESOURCE_LIMIT, e.status(), "the status of an allocation that failed");
            throw new NotRun("this machine cannot hold " + lengthBytes + " bytes: " + e.getMessage());
        }
        int half = whole(8);
        int some = 2 * whole(50);
        long last = lengthBytes - 2L * half;
        // Beside each offset the one that it becomes when its upper half is lost.
        long[] offsets = {
            0, some, (int) last, (1L << 31) - half, (1L << 31) + some, (1L << 32) - half, (1L << 32) + some, last
        };
        for (long offset : offsets) {
            transfers().write(region, offset, Pattern.bytes(offset, 0, 2 * half));
        }
        for (long offset : offsets) {
            transfers().expect(Pattern.bytes(offset, 0, 2 * half), region, offset, "a region above 4 GiB");
        }
    }

    @Verifies(Rule.REG_26)
    final void reg26_persistentBytesAreFlushed() {
        AddressSpace space = places().space(Kind.PERSISTENT);
        Place place = places().of(Kind.PERSISTENT, 1, page());
        MemoryRegion region = place.region();
        for (long[] it : new long[][] {{0, page()}, {0, 0}, {page(), 0}, {5, 7}, {page() - 1, 1}}) {
            region.flush(it[0], it[1]);
        }
        for (long[] it : new long[][] {{-1, 1}, {0, page() + 1}, {page(), 1}, {0, -1}, {1, Long.MAX_VALUE}}) {
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "flushing " + it[1] + " bytes at " + it[0] + " of " + page(),
                    () -> region.flush(it[0], it[1]));
        }
        MemoryRegion again = scene().closeLater(engine().region(space, 0, page(), Access.READ));
        transfers().expect(Pattern.bytes(1, 0, page()), again, 0, "flushed bytes, read again");
    }

    @Verifies(Rule.REG_28)
    final void reg28_deviceSpaceIsUsableToItsEnds() {
        AddressSpace space = places().space(Kind.DEVICE);
        int unit = (int) unit();
        for (long offset : new long[] {0, space.byteSize() / unit * unit - unit}) {
            try (MemoryRegion region = engine().region(space, offset, unit, Access.READ_WRITE)) {
                transfers().write(region, 0, Pattern.bytes(offset + 1, 0, unit));
                transfers().expect(Pattern.bytes(offset + 1, 0, unit), region, 0, "the device's memory");
            }
        }
        long edge = (space.byteSize() + unit - 1) / unit * unit;
        for (long[] it :
                new long[][] {{edge, unit}, {-unit, unit}, {0, edge + unit}, {Long.MAX_VALUE - unit + 1, unit}}) {
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "a region of " + it[1] + " bytes at " + it[0] + " of " + space,
                    () -> engine().region(space, it[0], it[1], Access.READ).close());
        }
        requireRefused(new AddressSpace("tck-nobody", space.name(), Kind.DEVICE, space.byteSize(), unit));
        requireRefused(places().space(Kind.LOCAL));
    }

    @Verifies(Rule.REG_29)
    final void reg29_deviceSpaceIsRefused() {
        requireRefused(new AddressSpace(kit().backendId(), "board0", Kind.DEVICE, page(), 1));
    }

    @Verifies(Rule.REG_30)
    final void reg30_persistentSpaceIsRefused() {
        requireRefused(new AddressSpace(kit().backendId(), "dax0.0", Kind.PERSISTENT, page(), 1));
    }

    private void requireRefused(AddressSpace space) {
        Expect.refused(
                IllegalArgumentException.class,
                "a region of " + space,
                () -> engine().region(space, 0, space.alignmentBytes(), Access.READ)
                        .close());
    }
}
