package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoDescriptorIsLeft.class)
class DescriptorsTest {
    private static final long FIONREAD = 0x541b;

    @TempDir
    Path directory;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    private final long address = Memory.address(buffer);

    @Test
    void aFileThatIsNotThereIsNamedWithItsError() {
        String missing = directory.resolve("missing").toString();
        assertThatThrownBy(() -> Descriptors.open(missing, Descriptors.O_RDONLY, 0))
                .isInstanceOfSatisfying(LinuxException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.ENOENT);
                    assertThat(e.errnoName()).isEqualTo("ENOENT");
                    assertThat(e.call()).isEqualTo("open(" + missing + ")");
                });
    }

    @Test
    void aNameWithANulIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.open("/dev/null\0x", 0, 0));
    }

    @Test
    void bytesGoThroughAFileWithAndWithoutAPosition() throws IOException {
        int fd = create("grüße");
        try {
            buffer.putLong(0, 0x1122334455667788L);
            assertThat(Descriptors.write(fd, address, 8)).isEqualTo(8);
            assertThat(Descriptors.pwrite(fd, address, 4, 100)).isEqualTo(4);
            assertThat(Descriptors.pread(fd, address + 8, 8, 0)).isEqualTo(8);
            assertThat(buffer.getLong(8)).isEqualTo(0x1122334455667788L);
            assertThat(Descriptors.read(fd, address, 8)).isEqualTo(8);
            assertThat(buffer.getLong(0)).isZero();
            assertThat(Descriptors.pread(fd, address, 8, 104)).isZero();
            assertThat(Files.size(directory.resolve("grüße"))).isEqualTo(104);
        } finally {
            Descriptors.close(fd);
        }
    }

    @Test
    void aClosedDescriptorIsRefused() {
        int fd = create("file");
        Descriptors.close(fd);
        assertThatThrownBy(() -> Descriptors.close(fd)).hasMessageContaining("EBADF");
        assertThatThrownBy(() -> Descriptors.read(fd, address, 1)).hasMessageContaining("EBADF");
        assertThatThrownBy(() -> Descriptors.write(fd, address, 1)).hasMessageContaining("EBADF");
        assertThatThrownBy(() -> Descriptors.ftruncate(fd, 1)).hasMessageContaining("EBADF");
        assertThat(Descriptors.ioctl(fd, FIONREAD, address)).isEqualTo(-Errno.EBADF);
        assertThat(Descriptors.poll(fd, Descriptors.POLLIN, 0)).isEqualTo(Descriptors.POLLNVAL);
    }

    @Test
    void truncationAndAllocationSetTheLength() throws IOException {
        int fd = create("file");
        try {
            Descriptors.ftruncate(fd, 5000);
            assertThat(Files.size(directory.resolve("file"))).isEqualTo(5000);
            Descriptors.fallocate(fd, 0, 0, 10_000);
            assertThat(Files.size(directory.resolve("file"))).isEqualTo(10_000);
        } finally {
            Descriptors.close(fd);
        }
    }

    @Test
    void aPunchedHoleReadsAsZero() {
        int fd = Memfd.create("hole", 0);
        try {
            buffer.putLong(0, -1);
            Descriptors.pwrite(fd, address, 8, 0);
            int punch = Descriptors.FALLOC_FL_PUNCH_HOLE | Descriptors.FALLOC_FL_KEEP_SIZE;
            Descriptors.fallocate(fd, punch, 0, 4096);
            assertThat(Descriptors.pread(fd, address, 8, 0)).isEqualTo(8);
            assertThat(buffer.getLong(0)).isZero();
        } finally {
            Descriptors.close(fd);
        }
    }

    @Test
    void duplicatesShareTheFileAndItsPosition() {
        int fd = create("file");
        int duplicate = Descriptors.duplicate(fd);
        Descriptors.write(duplicate, address, 8);
        Descriptors.close(duplicate);
        assertThat(Descriptors.read(fd, address, 8)).isZero();
        Descriptors.close(fd);
    }

    @Test
    void descriptorsAreCloseOnExecUntilToldOtherwise() {
        int fd = create("file");
        assertThat(Descriptors.isCloseOnExec(fd)).isTrue();
        Descriptors.setCloseOnExec(fd, false);
        assertThat(Descriptors.isCloseOnExec(fd)).isFalse();
        int duplicate = Descriptors.duplicate(fd);
        assertThat(Descriptors.isCloseOnExec(duplicate)).isTrue();
        Descriptors.close(duplicate);
        Descriptors.close(fd);
    }

    @Test
    void statusFlagsCanBeChanged() {
        int fd = create("file");
        assertThat(Descriptors.statusFlags(fd) & Descriptors.O_RDWR).isNotZero();
        Descriptors.setStatusFlags(fd, Descriptors.O_APPEND);
        assertThat(Descriptors.statusFlags(fd) & Descriptors.O_APPEND).isNotZero();
        Descriptors.close(fd);
    }

    @Test
    void ioctlFillsTheCallersMemory() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_STREAM);
        try {
            Descriptors.write(pair[0], address, 13);
            assertThat(Descriptors.ioctl(pair[1], FIONREAD, address)).isZero();
            assertThat(buffer.getInt(0)).isEqualTo(13);
        } finally {
            Descriptors.close(pair[0]);
            Descriptors.close(pair[1]);
        }
    }

    @Test
    void pollTellsWhatCameAndWhetherTheOtherEndIsGone() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_STREAM);
        int both = Descriptors.POLLIN | Descriptors.POLLOUT;
        assertThat(Descriptors.poll(pair[1], Descriptors.POLLIN, 0)).isZero();
        assertThat(Descriptors.poll(pair[1], both, -1)).isEqualTo(Descriptors.POLLOUT);
        Descriptors.write(pair[0], address, 1);
        assertThat(Descriptors.poll(pair[1], both, -1)).isEqualTo(both);
        Descriptors.close(pair[0]);
        assertThat(Descriptors.poll(pair[1], 0, -1)).isEqualTo(Descriptors.POLLHUP);
        Descriptors.close(pair[1]);
    }

    @Test
    void pollOfSeveralMarksThoseThatAreReady() {
        int ready = EventFd.create(1, 0);
        int idle = EventFd.create(0, 0);
        buffer.putInt(ready).putShort((short) Descriptors.POLLIN).putShort((short) 0);
        buffer.putInt(idle).putShort((short) Descriptors.POLLIN).putShort((short) 0);
        assertThat(Descriptors.pollAll(address, 2, 0)).isEqualTo(1);
        assertThat(buffer.getShort(Descriptors.POLLFD_REVENTS)).isEqualTo((short) Descriptors.POLLIN);
        assertThat(buffer.getShort(Descriptors.POLLFD_BYTES + Descriptors.POLLFD_REVENTS))
                .isZero();
        Descriptors.close(ready);
        Descriptors.close(idle);
    }

    @Test
    void impossibleRangesNeverReachTheKernel() {
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.read(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.write(1, address, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.pread(0, address, 8, Long.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.pwrite(0, address, 8, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.ftruncate(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptors.fallocate(0, 0, 0, 0));
    }

    private int create(String name) {
        int flags = Descriptors.O_RDWR | Descriptors.O_CREAT | Descriptors.O_EXCL;
        return Descriptors.open(directory.resolve(name).toString(), flags, 0600);
    }
}
