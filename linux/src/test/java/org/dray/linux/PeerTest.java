package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Copies out of and into a second JVM. */
@ExtendWith(NoDescriptorIsLeft.class)
class PeerTest {
    private final ByteBuffer near = ByteBuffer.allocateDirect(1 << 16);

    @Test
    void bytesOfAnotherJvmAreReadAndWritten() {
        try (Peer peer = Peer.startJvm()) {
            long far = Long.parseLong(peer.ask("address"));
            peer.ask("put 65535 42");
            assertThat(ProcessVm.read(peer.pid(), Memory.address(near), far, near.capacity()))
                    .isEqualTo(near.capacity());
            assertThat(near.get(65535)).isEqualTo((byte) 42);

            near.put(65535, (byte) 43);
            assertThat(ProcessVm.write(peer.pid(), Memory.address(near), far, near.capacity()))
                    .isEqualTo(near.capacity());
            assertThat(peer.ask("get 65535")).isEqualTo("43");
        }
    }

    @Test
    void theHolderOfALockIsToldFromAProcessWithoutIt(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("lock"));
        try (Peer peer = Peer.startJvm()) {
            long far = Long.parseLong(peer.ask("address"));
            int fd = Descriptors.open(file.toString(), Descriptors.O_RDONLY, 0);
            long here = Memory.address(near);

            assertThat(ProcessVm.readFromHolder(peer.pid(), here, far, 8, -1)).isEqualTo(8);
            assertThat(ProcessVm.readFromHolder(peer.pid(), here, far, 8, fd)).isEqualTo(ProcessVm.NOT_HELD);
            assertThat(ProcessVm.writeToHolder(peer.pid(), here, far, 8, fd)).isEqualTo(ProcessVm.NOT_HELD);

            peer.ask("lock " + file);
            near.put(7, (byte) 44);
            assertThat(ProcessVm.writeToHolder(peer.pid(), here, far, 8, fd)).isEqualTo(8);
            assertThat(peer.ask("get 7")).isEqualTo("44");
            assertThat(ProcessVm.readFromHolder(peer.pid(), here, far, 8, fd)).isEqualTo(8);

            peer.kill();
            assertThat(ProcessVm.readFromHolder(peer.pid(), here, far, 8, fd)).isEqualTo(-Errno.ESRCH);
            Descriptors.close(fd);
        }
    }

    @Test
    void aKilledPeerIsReportedAsGone() {
        try (Peer peer = Peer.startJvm()) {
            long far = Long.parseLong(peer.ask("address"));
            peer.kill();
            assertThat(ProcessVm.read(peer.pid(), Memory.address(near), far, 1)).isEqualTo(-Errno.ESRCH);
        }
    }

    @Test
    void anUnrelatedProgramHasOtherAddresses() {
        try (Peer peer = Peer.start(List.of("/bin/cat"))) {
            assertThat(peer.ask("ready")).isEqualTo("ready");
            assertThat(ProcessVm.read(peer.pid(), Memory.address(near), 4096, 1))
                    .isEqualTo(-Errno.EFAULT);
        }
    }
}
