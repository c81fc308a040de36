package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoDescriptorIsLeft.class)
class MemoryTest {
    private static final int PAGE_BYTES = Memory.pageSizeBytes();

    @Test
    void theAddressOfABufferDoesNotMoveWithItsPosition() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        long address = Memory.address(buffer);
        buffer.position(13);
        assertThat(Memory.address(buffer)).isEqualTo(address);
        assertThat(Memory.address(buffer.slice())).isEqualTo(address + 13);
        assertThat(Memory.address(buffer.asReadOnlyBuffer())).isEqualTo(address);
    }

    @Test
    void aHeapBufferHasNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Memory.address(ByteBuffer.allocate(8)))
                .withMessageContaining("allocateDirect");
    }

    @Test
    void aViewSharesTheMemory() {
        long address = Memory.allocate(64, 64);
        try {
            ByteBuffer view = Memory.view(address, 64);
            assertThat(view.order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(view.capacity()).isEqualTo(64);
            assertThat(Memory.address(view)).isEqualTo(address);
            view.putLong(8, 0x1122334455667788L);
            assertThat(Memory.getLong(address + 8)).isEqualTo(0x1122334455667788L);
        } finally {
            Memory.free(address);
        }
    }

    @Test
    void viewsOfImpossibleMemoryAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.view(0, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.view(4096, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.view(4096, 1L << 31));
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.view(Long.MAX_VALUE, 8));
    }

    @Test
    void allocatedMemoryIsAligned() {
        long address = Memory.allocate(100, 4096);
        assertThat(address % 4096).isZero();
        Memory.free(address);
    }

    @Test
    void anAlignmentThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Memory.allocate(100, 24))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void copiesMayOverlap() {
        long address = Memory.allocate(16, 16);
        try {
            Memory.putLong(address, 0x0807060504030201L);
            Memory.copy(address, address + 1, 8);
            assertThat(Memory.getLong(address + 1)).isEqualTo(0x0807060504030201L);
            Memory.fill(address, 16, (byte) 5);
            Memory.putByte(address + 3, (byte) 6);
            assertThat(Memory.getByte(address + 2)).isEqualTo((byte) 5);
            assertThat(Memory.getByte(address + 3)).isEqualTo((byte) 6);
        } finally {
            Memory.free(address);
        }
    }

    @Test
    void anonymousMemoryIsZeroed() {
        long address = Memory.mmapAnonymous(PAGE_BYTES);
        assertThat(Memory.getLong(address + PAGE_BYTES - 8)).isZero();
        Memory.munmap(address, PAGE_BYTES);
    }

    @Test
    void aMappingCanGrowElsewhere() {
        long address = Memory.mmapAnonymous(PAGE_BYTES);
        Memory.putLong(address, 4711);
        long larger = Memory.mremap(address, PAGE_BYTES, 64L * PAGE_BYTES, Memory.MREMAP_MAYMOVE, 0);
        assertThat(Memory.getLong(larger)).isEqualTo(4711);
        assertThat(Memory.getLong(larger + 63L * PAGE_BYTES)).isZero();
        Memory.munmap(larger, 64L * PAGE_BYTES);
    }

    @Test
    void aMappingCanMoveToAChosenAddress() {
        long target = Memory.mmapAnonymous(PAGE_BYTES);
        long address = Memory.mmapAnonymous(PAGE_BYTES);
        Memory.putLong(address, 4711);
        int flags = Memory.MREMAP_MAYMOVE | Memory.MREMAP_FIXED;
        assertThat(Memory.mremap(address, PAGE_BYTES, PAGE_BYTES, flags, target))
                .isEqualTo(target);
        assertThat(Memory.getLong(target)).isEqualTo(4711);
        Memory.munmap(target, PAGE_BYTES);
    }

    @Test
    void discardedPagesReadAsZero() {
        long address = Memory.mmapAnonymous(PAGE_BYTES);
        Memory.putLong(address, 4711);
        Memory.madvise(address, PAGE_BYTES, Memory.MADV_DONTNEED);
        assertThat(Memory.getLong(address)).isZero();
        Memory.munmap(address, PAGE_BYTES);
    }

    @Test
    void adviceThatTheKernelDoesNotKnowIsRefusedByName() {
        long address = Memory.mmapAnonymous(PAGE_BYTES);
        assertThatThrownBy(() -> Memory.madvise(address, PAGE_BYTES, 4711))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("madvise")
                .hasMessageContaining("EINVAL (errno 22)");
        Memory.munmap(address, PAGE_BYTES);
    }

    @Test
    void aFixedMappingReplacesAndTheCarefulOneRefuses() {
        long address = Memory.mmapAnonymous(PAGE_BYTES);
        int anonymous = Memory.MAP_PRIVATE | Memory.MAP_ANONYMOUS;
        assertThat(Memory.mmap(address, PAGE_BYTES, Memory.PROT_READ, anonymous | Memory.MAP_FIXED, -1, 0))
                .isEqualTo(address);
        assertThatThrownBy(() -> Memory.mmap(
                        address, PAGE_BYTES, Memory.PROT_READ, anonymous | Memory.MAP_FIXED_NOREPLACE, -1, 0))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        Memory.munmap(address, PAGE_BYTES);
    }

    @Test
    void rangesThatWrapAroundNeverReachTheKernel() {
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.munmap(4096, Long.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.munmap(4096, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.mprotect(-1, 8, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Memory.mmap(0, 0, 0, 0, -1, 0));
    }
}
