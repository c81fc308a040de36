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
    private static final int PAGE = 4096;

    @Verifies(Rule.REG_19)
    final void reg19_allocatedMemoryIsZeroedAndExact() {
        int lengthBytes = 10_001;
        MemoryRegion region = scene().closeLater(engine().allocate(lengthBytes, Access.READ_WRITE));
        Expect.same((long) lengthBytes, region.byteSize(), "the length of the region");
        Expect.bytes(
                new byte[lengthBytes], transfers().read(region, 0, lengthBytes), 0, "memory that was just allocated");
        byte[] bytes = Pattern.bytes(1, 0, 10);
        transfers().write(region, lengthBytes - 10, bytes);
        Expect.bytes(bytes, transfers().read(region, lengthBytes - 10, 10), lengthBytes - 10, "the last bytes");
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
                () -> engine().allocate(PAGE, Access.READ).close());
    }

    @Verifies(Rule.REG_21)
    final void reg21_mappedBufferIsTheRegionsMemory() {
        MemoryRegion region = scene().closeLater(engine().allocate(3 * PAGE, Access.READ_WRITE));
        ByteBuffer buffer = region.map(PAGE - 1, PAGE);
        Expect.same(PAGE, buffer.capacity(), "the capacity of the mapped buffer");
        Expect.same(ByteOrder.nativeOrder(), buffer.order(), "the byte order of the mapped buffer");
        buffer.put(0, Pattern.bytes(1, 0, PAGE));
        Expect.bytes(
                Pattern.bytes(1, 0, PAGE), transfers().read(region, PAGE - 1, PAGE), 0, "the region after a store");
        transfers().write(region, PAGE, Pattern.bytes(2, 0, 100));
        byte[] seen = new byte[100];
        buffer.get(1, seen);
        Expect.bytes(Pattern.bytes(2, 0, 100), seen, 1, "the mapped buffer after a copy");
        Expect.refused(
                IndexOutOfBoundsException.class,
                "mapping behind the region",
                () -> region.map(1, 3 * PAGE).clear());
        MemoryRegion registered = places().local(3, Access.READ, PAGE).region();
        Expect.refused(
                UnsupportedOperationException.class,
                "mapping a registered region",
                () -> registered.map(0, PAGE).clear());
    }

    @Verifies(Rule.REG_22)
    final void reg22_mappedBufferOutlivesItsRegion() {
        MemoryRegion region = engine().allocate(PAGE, Access.READ_WRITE);
        ByteBuffer buffer = region.map(0, PAGE).put(0, Pattern.bytes(1, 0, PAGE));
        region.close();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        byte[] seen = new byte[PAGE];
        buffer.get(0, seen);
        Expect.bytes(Pattern.bytes(1, 0, PAGE), seen, 0, "the mapped buffer after its region was closed");
    }

    @Verifies(Rule.REG_23)
    final void reg23_mapIsRefused() {
        MemoryRegion region = info().has(Capability.ALLOCATE)
                ? scene().closeLater(engine().allocate(PAGE, Access.READ))
                : places().local(1, Access.READ, PAGE).region();
        Expect.refused(
                UnsupportedOperationException.class,
                "map",
                () -> region.map(0, PAGE).clear());
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
        long last = lengthBytes - 16;
        // Beside each offset the one that it becomes when its upper half is lost.
        long[] offsets = {0, 100, (int) last, (1L << 31) - 8, (1L << 31) + 100, (1L << 32) - 8, (1L << 32) + 100, last};
        for (long offset : offsets) {
            transfers().write(region, offset, Pattern.bytes(offset, 0, 16));
        }
        for (long offset : offsets) {
            Expect.bytes(
                    Pattern.bytes(offset, 0, 16), transfers().read(region, offset, 16), offset, "a region above 4 GiB");
        }
    }

    @Verifies(Rule.REG_26)
    final void reg26_persistentBytesAreFlushed() {
        AddressSpace space = places().space(Kind.PERSISTENT);
        Place place = places().of(Kind.PERSISTENT, 1, PAGE);
        MemoryRegion region = place.region();
        for (long[] it : new long[][] {{0, PAGE}, {0, 0}, {PAGE, 0}, {5, 7}, {PAGE - 1, 1}}) {
            region.flush(it[0], it[1]);
        }
        for (long[] it : new long[][] {{-1, 1}, {0, PAGE + 1}, {PAGE, 1}, {0, -1}, {1, Long.MAX_VALUE}}) {
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "flushing " + it[1] + " bytes at " + it[0] + " of " + PAGE,
                    () -> region.flush(it[0], it[1]));
        }
        MemoryRegion again = scene().closeLater(engine().region(space, 0, PAGE, Access.READ));
        Expect.bytes(Pattern.bytes(1, 0, PAGE), transfers().read(again, 0, PAGE), 0, "flushed bytes, read again");
    }

    @Verifies(Rule.REG_28)
    final void reg28_deviceSpaceIsUsableToItsEnds() {
        AddressSpace space = places().space(Kind.DEVICE);
        int unit = (int) space.alignmentBytes();
        for (long offset : new long[] {0, space.byteSize() - unit}) {
            try (MemoryRegion region = engine().region(space, offset, unit, Access.READ_WRITE)) {
                transfers().write(region, 0, Pattern.bytes(offset + 1, 0, unit));
                Expect.bytes(
                        Pattern.bytes(offset + 1, 0, unit),
                        transfers().read(region, 0, unit),
                        offset,
                        "the device's memory");
            }
        }
        for (long[] it : new long[][] {
            {space.byteSize(), unit}, {-unit, unit}, {0, space.byteSize() + unit}, {Long.MAX_VALUE - unit + 1, unit}
        }) {
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
        requireRefused(new AddressSpace(kit().backendId(), "board0", Kind.DEVICE, PAGE, 1));
    }

    @Verifies(Rule.REG_30)
    final void reg30_persistentSpaceIsRefused() {
        requireRefused(new AddressSpace(kit().backendId(), "dax0.0", Kind.PERSISTENT, PAGE, 1));
    }

    private void requireRefused(AddressSpace space) {
        Expect.refused(
                IllegalArgumentException.class,
                "a region of " + space,
                () -> engine().region(space, 0, space.alignmentBytes(), Access.READ)
                        .close());
    }
}
