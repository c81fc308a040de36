package org.dray.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerTest {
    @Test
    void thePeerEndsWithTheOwner() throws Exception {
        Process peer = new ProcessBuilder(JavaCommand.of(Peer.class)).start();
        try {
            peer.getOutputStream().close(); // as the kernel does when the owner dies
            assertThat(peer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            peer.destroyForcibly();
        }
    }

    @Test
    void whatThePeerCannotDoIsToldToTheOwner() throws Exception {
        try (PeerProcess peer = PeerProcess.start(Peer.class, 1)) {
            assertThatThrownBy(() -> peer.ask(Request.connect("unix-socket", "/no/such/socket")))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> peer.ask(Request.transfer("nothing", (byte) 0)))
                    .hasMessageContaining("nothing");
            assertThatThrownBy(() -> peer.ask(Request.load("nope", "nope"))).hasMessageContaining("no backend 'nope'");
            assertThat(peer.ask(Request.allocate(2)).problem()).isEmpty();
        }
    }

    @Test
    void aStreamThatEndsEarlyIsReportedWithItsLength() throws IOException {
        StreamConnection connection = new StreamConnection(
                Channels.newChannel(new ByteArrayInputStream(new byte[3])),
                Channels.newChannel(OutputStream.nullOutputStream()),
                "");
        try (StreamPeer peer = new StreamPeer(connection, Segments.allocate(5))) {
            assertThatThrownBy(peer::receive).hasMessage("the stream ended after 3 of 5 bytes");
        }
    }

    @Test
    void aDirectoryOfTheDemoLeavesNothingBehind() throws IOException {
        Scratch scratch = Scratch.create();
        Files.createFile(scratch.directory().resolve("file"));
        scratch.close();
        assertThat(scratch.directory()).doesNotExist();
    }
}
