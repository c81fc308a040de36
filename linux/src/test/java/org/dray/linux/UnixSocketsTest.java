package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dray.linux.UnixSockets.PeerCredentials;
import org.dray.linux.UnixSockets.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoDescriptorIsLeft.class)
class UnixSocketsTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    private final long address = Memory.address(buffer);

    @Test
    void bytesGoThroughAPair() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_SEQPACKET);
        buffer.putLong(0, 4711);
        assertThat(UnixSockets.send(pair[0], address, 8)).isEqualTo(8);
        Received received = UnixSockets.receive(pair[1], address + 8, 56, 0);
        assertThat(received.lengthBytes()).isEqualTo(8);
        assertThat(received.descriptors()).isEmpty();
        assertThat(buffer.getLong(8)).isEqualTo(4711);
        close(pair);
    }

    @Test
    void descriptorsTravelWithTheBytes() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_STREAM);
        int first = EventFd.create(5, 0);
        int second = EventFd.create(6, 0);
        int third = EventFd.create(7, 0);
        assertThat(UnixSockets.send(pair[0], address, 1, first, second, third)).isEqualTo(1);
        close(first, second, third);
        int[] descriptors = UnixSockets.receive(pair[1], address, 1, 8).descriptors();
        assertThat(descriptors).hasSize(3);
        assertThat(EventFd.drain(descriptors[0])).isEqualTo(5);
        assertThat(EventFd.drain(descriptors[1])).isEqualTo(6);
        assertThat(EventFd.drain(descriptors[2])).isEqualTo(7);
        assertThat(Descriptors.isCloseOnExec(descriptors[2])).isTrue();
        close(descriptors);
        close(pair);
    }

    @Test
    void descriptorsWithoutRoomAreClosedAndReported() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_STREAM);
        UnixSockets.send(pair[0], address, 1, pair[0], pair[0], pair[0], pair[0]);
        assertThatThrownBy(() -> UnixSockets.receive(pair[1], address, 1, 1))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE));
        close(pair);
    }

    @Test
    void anEndedStreamIsZeroBytesAndACutOneIsAnError() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_STREAM);
        Descriptors.close(pair[0]);
        assertThat(UnixSockets.receive(pair[1], address, 1, 0).lengthBytes()).isZero();
        assertThatThrownBy(() -> UnixSockets.send(pair[1], address, 1)).hasMessageContaining("EPIPE");
        Descriptors.close(pair[1]);
    }

    @Test
    void aPeerConnectsSendsADescriptorAndIsKnownToTheKernel() {
        String name = directory.resolve("socket").toString();
        int listener = UnixSockets.socket(UnixSockets.SOCK_STREAM);
        UnixSockets.bind(listener, name);
        UnixSockets.listen(listener, 1);
        try (Peer peer = Peer.startJvm()) {
            peer.tell("connect " + name);
            int connection = UnixSockets.accept(listener);
            assertThat(UnixSockets.peerCredentials(connection))
                    .isEqualTo(new PeerCredentials(peer.pid(), Processes.effectiveUserId(), groupOf(peer)));
            Received received = UnixSockets.receive(connection, address, 1, 1);
            assertThat(received.descriptors()).hasSize(1);
            int memfd = received.descriptors()[0];
            assertThat(Memfd.seals(memfd)).isZero();
            assertThat(Descriptors.pread(memfd, address, 8, 4705)).isEqualTo(6);
            close(memfd, connection);
        }
        Descriptors.close(listener);
    }

    @Test
    void anAbstractNameLeavesNoFile() {
        String name = "\0dray-test-" + SELF;
        int listener = UnixSockets.socket(UnixSockets.SOCK_SEQPACKET | UnixSockets.SOCK_NONBLOCK);
        UnixSockets.bind(listener, name);
        UnixSockets.listen(listener, 1);
        int client = UnixSockets.socket(UnixSockets.SOCK_SEQPACKET);
        UnixSockets.connect(client, name);
        int connection = UnixSockets.accept(listener);
        assertThat(UnixSockets.peerCredentials(client).pid()).isEqualTo(SELF);
        assertThatThrownBy(() -> UnixSockets.accept(listener)).hasMessageContaining("EAGAIN");
        close(connection, client, listener);
    }

    @Test
    void nobodyListensIsReportedWithTheName() {
        int client = UnixSockets.socket(UnixSockets.SOCK_STREAM);
        assertThatThrownBy(() -> UnixSockets.connect(client, "/nowhere/socket"))
                .hasMessageContaining("connect(/nowhere/socket) failed: ENOENT");
        Descriptors.close(client);
    }

    @Test
    void namesThatDoNotFitAreRefused() {
        int socket = UnixSockets.socket(UnixSockets.SOCK_STREAM);
        assertThatIllegalArgumentException().isThrownBy(() -> UnixSockets.bind(socket, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> UnixSockets.bind(socket, "x".repeat(108)));
        assertThatIllegalArgumentException().isThrownBy(() -> UnixSockets.bind(socket, "a\0b"));
        Descriptors.close(socket);
    }

    @Test
    void moreDescriptorsThanTheKernelTakesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> UnixSockets.receive(0, address, 1, 254));
        assertThatIllegalArgumentException().isThrownBy(() -> UnixSockets.send(0, address, 1, new int[254]));
    }

    private static int groupOf(Peer peer) {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/" + peer.pid()), "unix:gid");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void close(int... descriptors) {
        for (int descriptor : descriptors) {
            Descriptors.close(descriptor);
        }
    }
}
