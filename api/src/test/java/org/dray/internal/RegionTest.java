package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.toy.ToyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How regions come to be, and what they refuse. */
class RegionTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private DrayCore dray;
    private CopyEngine engine;

    @BeforeEach
    void load() {
        dray = toys.load();
        engine = dray.engine("toy");
    }

    @Test
    void heapBufferIsRefusedWithWhatToDo() {
        ByteBuffer heap = ByteBuffer.allocate(8);
        for (Runnable call : List.<Runnable>of(
                () -> engine.register(heap, Access.READ),
                () -> dray.export(heap, Access.READ),
                () -> dray.wrap(heap),
                () -> dray.wrap(List.of(Toys.empty(8), heap)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessageContaining("a heap buffer of 8 bytes cannot be used")
                    .withMessageContaining("ByteBuffer.allocateDirect");
        }
        assertThat(toys.toy.openRegions()).isZero();
    }

    @Test
    void emptyMemoryIsRefused() {
        ByteBuffer empty = Toys.empty(8).position(8);
        for (Runnable call : List.<Runnable>of(
                () -> engine.register(empty, Access.READ),
                () -> dray.export(empty, Access.READ),
                () -> dray.wrap(empty),
                () -> dray.wrap(List.of()),
                () -> dray.wrap(List.of(empty, empty)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessageContaining("at least 1 byte between position and limit");
        }
    }

    @Test
    void emptySegmentsAreLeftOut() {
        MemoryRegion region = dray.wrap(List.of(Toys.empty(8), Toys.empty(8).limit(0), Toys.empty(4)));
        assertThat(region.segmentCount()).isEqualTo(2);
        assertThat(region.byteSize()).isEqualTo(12);
    }

    @Test
    void regionIsTheBytesFromPositionToLimitAndStaysSo() {
        ByteBuffer memory = Toys.filled(64, 1);
        memory.position(8).limit(24);
        MemoryRegion region = engine.register(memory, Access.READ);
        memory.clear();
        assertThat(region.byteSize()).isEqualTo(16);
        ByteBuffer copy = Toys.empty(16);
        engine.copy(region, 0, dray.wrap(copy), 0, 16);
        assertThat(Toys.bytes(copy)).isEqualTo(Toys.bytes(memory, 8, 24));
        assertThat(memory.position()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE", "READ_WRITE"})
    void readOnlyMemoryIsNotSharedForWriting(Access access) {
        ByteBuffer readOnly = Toys.empty(8).asReadOnlyBuffer();
        MemoryRegion wrapped = dray.wrap(readOnly);
        for (Runnable call : List.<Runnable>of(
                () -> engine.register(readOnly, access),
                () -> engine.register(wrapped, access),
                () -> dray.export(readOnly, access),
                () -> dray.export(wrapped, access))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessageContaining("read-only memory cannot be")
                    .withMessageContaining(access.toString());
        }
        assertThat(engine.register(readOnly, Access.READ).access()).isEqualTo(Access.READ);
    }

    @Test
    void readOnlyMemoryIsRefusedWhereItIsNotDeclared() {
        toys.toy.info.without(Capability.READ_ONLY_MEMORY);
        CopyEngine without = toys.load().engine("toy");
        assertThatThrownBy(() -> without.register(Toys.empty(8).asReadOnlyBuffer(), Access.READ))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not declare READ_ONLY_MEMORY");
    }

    @Test
    void singleUseIsRefusedWhereItIsNotDeclared() {
        toys.toy.info.without(Capability.SINGLE_USE);
        CopyEngine without = toys.load().engine("toy");
        assertThatThrownBy(() -> without.register(Toys.empty(8), Access.READ, RegionOption.SINGLE_USE))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not declare SINGLE_USE");
        assertThat(toys.toy.openRegions()).isZero();
        assertThat(without.register(Toys.empty(8), Access.READ).isConsumed()).isFalse();
    }

    @Test
    void allocatedMemoryIsMappedAndShared() {
        MemoryRegion region = engine.allocate(64, Access.READ_WRITE);
        ByteBuffer mapped = region.map(16, 32);
        assertThat(mapped.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(mapped.capacity()).isEqualTo(32);
        mapped.put(0, (byte) 7);
        ByteBuffer copy = Toys.empty(64);
        engine.copy(region, 0, dray.wrap(copy), 0, 64);
        assertThat(copy.get(16)).isEqualTo((byte) 7);
        assertThat(region.token().lengthBytes()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void allocationOfNothingIsRefused(long lengthBytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.allocate(lengthBytes, Access.READ))
                .withMessage("cannot allocate " + lengthBytes + " bytes; at least 1");
    }

    @Test
    void undeclaredAllocationIsRefusedWithWhatToDo() {
        toys.toy.info.without(Capability.ALLOCATE, Capability.MAP);
        CopyEngine without = toys.load().engine("toy");
        assertThatThrownBy(() -> without.allocate(8, Access.READ))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ByteBuffer.allocateDirect");
        MemoryRegion region = without.register(Toys.empty(8), Access.READ);
        assertThatThrownBy(() -> region.map(0, 8))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not declare MAP");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "0, 2147483648", "0, 9223372036854775807"})
    void mappingOfALengthThatNoBufferHasIsRefused(long offset, long length) {
        MemoryRegion region = engine.allocate(64, Access.READ_WRITE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> region.map(offset, length))
                .withMessageContaining("a buffer has 1 to 2147483647 bytes");
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "64, 1", "1, 64", "9223372036854775807, 1", "-9223372036854775808, 1"})
    void mappingAndFlushingOutsideTheRegionAreRefused(long offset, long length) {
        MemoryRegion region = engine.region(engine.info().spaces().get(3), 0, 64, Access.READ_WRITE);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> region.map(offset, length));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> region.flush(offset, length));
    }

    @Test
    void onlyPersistentRegionsAreFlushed() {
        MemoryRegion persistent = engine.region(engine.info().spaces().get(3), 0, 64, Access.READ_WRITE);
        persistent.flush(0, 64);
        persistent.flush(64, 0);
        MemoryRegion local = engine.allocate(8, Access.READ_WRITE);
        assertThatThrownBy(() -> local.flush(0, 8))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("a LOCAL region is not persistent");
    }

    @Test
    void wrappedMemoryBelongsToNoEngine() {
        MemoryRegion wrapped = dray.wrap(Toys.empty(8));
        for (Runnable call : List.<Runnable>of(
                wrapped::engine, wrapped::token, () -> wrapped.map(0, 8), () -> wrapped.flush(0, 8))) {
            assertThatThrownBy(call::run).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(wrapped.kind()).isEqualTo(AddressSpace.Kind.LOCAL);
        assertThat(wrapped.isConsumed()).isFalse();
        assertThat(wrapped).hasToString("LOCAL region of 8 bytes, READ_WRITE, wrapped");
    }

    @Test
    void onlyWholeWrappedRegionsAreRegistered() {
        MemoryRegion wrapped = dray.wrap(Toys.empty(8));
        MemoryRegion registered = engine.register(Toys.empty(8), Access.READ);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.register(wrapped.slice(0, 4), Access.READ));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.register(registered, Access.READ));
        assertThatIllegalArgumentException().isThrownBy(() -> dray.export(registered, Access.READ));
    }

    @Test
    void registeredMemoryOutlivesTheWrappedRegion() {
        MemoryRegion wrapped = dray.wrap(List.of(Toys.filled(8, 1), Toys.filled(8, 2)));
        MemoryRegion region = engine.register(wrapped, Access.READ);
        wrapped.close();
        assertThat(region.segmentCount()).isEqualTo(2);
        ByteBuffer copy = Toys.empty(16);
        engine.copy(region, 0, dray.wrap(copy), 0, 16);
        assertThat(Toys.bytes(copy, 0, 8)).isEqualTo(Toys.bytes(Toys.filled(8, 1)));
        assertThat(Toys.bytes(copy, 8, 16)).isEqualTo(Toys.bytes(Toys.filled(8, 2)));
    }

    @Test
    void memoryStaysReachableAsLongAsItsRegionIsOpen() {
        List<WeakReference<ByteBuffer>> memory = new ArrayList<>();
        registerAndForget(memory);
        System.gc();
        assertThat(memory.get(0).get()).as("nobody closed the region").isNotNull();
        registerAndForget(memory).close();
        dray.wrap(forgotten(memory)).close();
        Background.await(() -> {
            System.gc();
            return memory.get(1).get() == null && memory.get(2).get() == null;
        });
    }

    private MemoryRegion registerAndForget(List<WeakReference<ByteBuffer>> memory) {
        return engine.register(forgotten(memory), Access.READ);
    }

    private static ByteBuffer forgotten(List<WeakReference<ByteBuffer>> memory) {
        ByteBuffer buffer = Toys.empty(8);
        memory.add(new WeakReference<>(buffer));
        return buffer;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8",
        "4096, 0",
        "4096, -1",
        "4096, 9223372036854775807",
        "9223372036854775807, 1",
        "-1, 2",
        "-9223372036854775808, -9223372036854775808"
    })
    void addressThatIsNoRangeIsRefused(long address, long length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dray.wrapAddress(address, length, this))
                .withMessageContaining("must not begin at 0, be empty or wrap around");
    }

    @Test
    void addressNeedsWhatKeepsItAlive() {
        assertThatNullPointerException()
                .isThrownBy(() -> dray.wrapAddress(4096, 8, null))
                .withMessage("keepAlive");
        MemoryRegion raw = dray.wrapAddress(4096, 1L << 40, this);
        assertThat(raw.byteSize()).isEqualTo(1L << 40);
        assertThat(raw.access()).isEqualTo(Access.READ_WRITE);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "0, -1", "4096, 1", "1, 4096", "9223372036854775807, 1", "1, 9223372036854775807"})
    void rangeOutsideASpaceIsRefused(long offset, long length) {
        AddressSpace space = engine.info().spaces().get(2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> engine.region(space, offset, length, Access.READ))
                .withMessageContaining("the space 'board0' of " + ToyInfo.SPACE_BYTES + " bytes");
    }

    @Test
    void spaceThatTheEngineDoesNotHaveIsRefused() {
        AddressSpace local = engine.info().spaces().get(0);
        AddressSpace unknown = new AddressSpace("toy", "board1", AddressSpace.Kind.DEVICE, 4096, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.region(local, 0, 8, Access.READ));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.region(unknown, 0, 8, Access.READ))
                .withMessageContaining("board1")
                .withMessageContaining("board0");
    }

    @Test
    void unalignedRangeOfASpaceIsRefused() {
        toys.toy.info.spaceAlignmentBytes(64);
        CopyEngine aligned = toys.load().engine("toy");
        AddressSpace space = aligned.info().spaces().get(2);
        assertThatIllegalArgumentException().isThrownBy(() -> aligned.region(space, 32, 64, Access.READ));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aligned.region(space, 0, 32, Access.READ))
                .withMessageContaining("must be multiples of the 64 bytes of space 'board0'");
        assertThat(aligned.region(space, 64, 128, Access.READ).kind()).isEqualTo(AddressSpace.Kind.DEVICE);
    }

    @Test
    void offsetZeroOfADeviceIsAnOrdinaryOffset() {
        MemoryRegion region = engine.region(engine.info().spaces().get(2), 0, 8, Access.WRITE);
        engine.copy(dray.wrap(Toys.filled(8, 3)), 0, region, 0, 8);
        assertThatThrownBy(region::token).isInstanceOf(UnsupportedOperationException.class);
        assertThat(region).hasToString("DEVICE region of 8 bytes, WRITE, toy");
    }

    @Test
    void exportGivesTheRegionsOfAllEnginesInTheirOrder() {
        toys.another("zother");
        DrayCore two = toys.load();
        Exported exported = two.export(two.wrap(List.of(Toys.empty(8), Toys.empty(8))), Access.READ);
        assertThat(exported.regions()).hasSize(2);
        assertThat(exported.regions().get(1).engine().id()).isEqualTo("zother");
        assertThat(exported.tokens().list())
                .isEqualTo(exported.regions().stream().map(MemoryRegion::token).toList());
        exported.close();
        assertThat(exported.regions()).noneMatch(MemoryRegion::isOpen);
    }

    @Test
    void nullIsRefused() {
        ByteBuffer memory = Toys.empty(8);
        AddressSpace space = engine.info().spaces().get(2);
        for (Runnable call : List.<Runnable>of(
                () -> engine.register((ByteBuffer) null, Access.READ),
                () -> engine.register((MemoryRegion) null, Access.READ),
                () -> engine.register(memory, null),
                () -> engine.register(memory, Access.READ, (RegionOption) null),
                () -> engine.allocate(8, null),
                () -> engine.region(null, 0, 8, Access.READ),
                () -> engine.region(space, 0, 8, null),
                () -> engine.openChannel(null),
                () -> dray.export((ByteBuffer) null, Access.READ),
                () -> dray.export((MemoryRegion) null, Access.READ),
                () -> dray.export(memory, null),
                () -> dray.wrap((ByteBuffer) null),
                () -> dray.wrap((List<ByteBuffer>) null),
                () -> dray.wrap(Arrays.asList(memory, null)))) {
            assertThatNullPointerException().isThrownBy(call::run);
        }
        assertThat(toys.toy.openRegions()).isZero();
    }
}
