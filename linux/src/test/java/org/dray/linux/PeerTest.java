package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
