package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kernel answers, through our own pid: it needs no permission and is the same code. */
class ProcessVmTest {
    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final int PAGE_BYTES = Memory.pageSizeBytes();
    private static final int PAGES = 16;
    private static final int LENGTH_BYTES = PAGES * PAGE_BYTES;

    private final long local = Memory.mmapAnonymous(LENGTH_BYTES);
    private final long remote = Memory.mmapAnonymous(LENGTH_BYTES);

    @AfterEach
    void unmap() {
        Memory.munmap(local, LENGTH_BYTES);
        Memory.munmap(remote, LENGTH_BYTES);
    }

    @Test
    void readMovesEveryByte() {
        Memory.fill(remote, LENGTH_BYTES, (byte) 7);
        assertThat(ProcessVm.read(SELF, local, remote, LENGTH_BYTES)).isEqualTo(LENGTH_BYTES);
        assertThat(Memory.getByte(local)).isEqualTo((byte) 7);
        assertThat(Memory.getByte(local + LENGTH_BYTES - 1)).isEqualTo((byte) 7);
    }

    @Test
    void writeMovesEveryByte() {
        Memory.fill(local, LENGTH_BYTES, (byte) 9);
        assertThat(ProcessVm.write(SELF, local, remote, LENGTH_BYTES)).isEqualTo(LENGTH_BYTES);
        assertThat(Memory.getByte(remote + LENGTH_BYTES - 1)).isEqualTo((byte) 9);
    }

    @Test
    void aRemoteHoleShortensAReadInsideOneElement() {
        hole(remote, 8);
        assertThat(ProcessVm.read(SELF, local, remote, LENGTH_BYTES)).isEqualTo(8L * PAGE_BYTES);
    }

    @Test
    void aRemoteHoleShortensAWriteInsideOneElement() {
        hole(remote, 8);
        assertThat(ProcessVm.write(SELF, local, remote, LENGTH_BYTES)).isEqualTo(8L * PAGE_BYTES);
    }

    @Test
    void aLocalHoleShortensARead() {
        hole(local, 8);
        assertThat(ProcessVm.read(SELF, local, remote, LENGTH_BYTES)).isEqualTo(8L * PAGE_BYTES);
    }

    @Test
    void aShortCopyIsReportedWithoutAQuestionForTheLock() {
        int noDescriptor = Integer.MAX_VALUE;
        hole(remote, 8);
        assertThat(ProcessVm.readFromHolder(SELF, local, remote, LENGTH_BYTES, noDescriptor))
                .isEqualTo(8L * PAGE_BYTES);
        assertThat(ProcessVm.writeToHolder(SELF, local, remote, LENGTH_BYTES, noDescriptor))
                .isEqualTo(8L * PAGE_BYTES);
        assertThat(ProcessVm.writeToHolder(SELF, local, remote, PAGE_BYTES, noDescriptor))
                .isEqualTo(ProcessVm.NOT_HELD);
    }

    @Test
    void aHoleAtTheFirstByteIsAFault() {
        hole(remote, 0);
        assertThat(ProcessVm.read(SELF, local, remote, LENGTH_BYTES)).isEqualTo(-Errno.EFAULT);
    }

    @Test
    void zeroBytesAreNoError() {
        assertThat(ProcessVm.read(SELF, local, remote, 0)).isZero();
        assertThat(ProcessVm.write(SELF, local, remote, 0)).isZero();
    }

    @Test
    void aNegativeLengthIsRefusedByTheKernel() {
        assertThat(ProcessVm.read(SELF, local, remote, -1)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void aProcessThatDoesNotExistIsReported() {
        assertThat(ProcessVm.read(Integer.MAX_VALUE, local, remote, 1)).isEqualTo(-Errno.ESRCH);
        assertThat(ProcessVm.write(Integer.MAX_VALUE, local, remote, 1)).isEqualTo(-Errno.ESRCH);
    }

    @Test
    void readOnlyMemoryIsReadableAndNotWritable() {
        Memory.mprotect(remote, LENGTH_BYTES, Memory.PROT_READ);
        assertThat(ProcessVm.read(SELF, local, remote, LENGTH_BYTES)).isEqualTo(LENGTH_BYTES);
        assertThat(ProcessVm.write(SELF, local, remote, LENGTH_BYTES)).isEqualTo(-Errno.EFAULT);
    }

    @Test
    void elementsAreStreamedIntoElementsOfOtherSizes() {
        ByteBuffer vectors =
                ByteBuffer.allocateDirect(3 * ProcessVm.IOVEC_BYTES).order(ByteOrder.nativeOrder());
        vectors.putLong(local).putLong(24);
        vectors.putLong(remote).putLong(8).putLong(remote + 100).putLong(16);
        Memory.putLong(remote, 1);
        Memory.putLong(remote + 100, 2);
        Memory.putLong(remote + 108, 3);
        long address = Memory.address(vectors);
        assertThat(ProcessVm.readv(SELF, address, 1, address + ProcessVm.IOVEC_BYTES, 2))
                .isEqualTo(24);
        assertThat(Memory.getLong(local + 16)).isEqualTo(3);

        Memory.putLong(local + 16, 4);
        assertThat(ProcessVm.writev(SELF, address, 1, address + ProcessVm.IOVEC_BYTES, 2))
                .isEqualTo(24);
        assertThat(Memory.getLong(remote + 108)).isEqualTo(4);
    }

    @Test
    void asManyElementsAsTheKernelTakesAreMoved() {
        ByteBuffer vectors = oneByteElements(ProcessVm.IOV_MAX);
        long address = Memory.address(vectors);
        assertThat(ProcessVm.readv(SELF, address, ProcessVm.IOV_MAX, address, ProcessVm.IOV_MAX))
                .isEqualTo(ProcessVm.IOV_MAX);
    }

    @Test
    void oneElementMoreIsRefused() {
        int count = ProcessVm.IOV_MAX + 1;
        ByteBuffer vectors = oneByteElements(count);
        long address = Memory.address(vectors);
        assertThat(ProcessVm.readv(SELF, address, count, address, 1)).isEqualTo(-Errno.EINVAL);
        assertThat(ProcessVm.writev(SELF, address, 1, address, count)).isEqualTo(-Errno.EINVAL);
    }

    private ByteBuffer oneByteElements(int count) {
        ByteBuffer vectors =
                ByteBuffer.allocateDirect(count * ProcessVm.IOVEC_BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            vectors.putLong(local + i).putLong(1);
        }
        return vectors;
    }

    /**
     * Not accessible, but still ours: into an unmapped page the JVM might map something, which the cleanup would then
     * tear out.
     */
    private static void hole(long address, int page) {
        Memory.mprotect(address + (long) page * PAGE_BYTES, PAGE_BYTES, Memory.PROT_NONE);
    }
}
