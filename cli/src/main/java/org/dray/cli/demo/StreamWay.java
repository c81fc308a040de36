package org.dray.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Through a stream: the peer asks with one byte, the owner writes all of its memory. */
record StreamWay(StreamKind stream) implements Way {

    @Override
    public String id() {
        return stream.id();
    }

    @Override
    public WayKind kind() {
        return WayKind.PLAIN;
    }

    @Override
    public OwnerEnd connect(PeerProcess peer, Segments source, Path scratch) throws IOException {
        try (StreamListener listener = stream.listen(scratch)) {
            String peerAddress =
                    peer.ask(Request.connect(id(), listener.address())).text();
            StreamConnection connection = listener.accept(peerAddress);
            Thread writer = new Thread(() -> serve(connection, source), "demo-" + id());
            writer.setDaemon(true);
            writer.start();
            return new Open(connection);
        }
    }

    private static void serve(StreamConnection peer, Segments source) {
        ByteBuffer request = ByteBuffer.allocateDirect(1);
        try (peer) {
            while (peer.in().read(request.clear()) > 0) {
                for (ByteBuffer buffer : source.buffers()) {
                    while (buffer.hasRemaining()) {
                        peer.out().write(buffer);
                    }
                }
            }
        } catch (IOException e) {
            return; // the peer sees the end of the stream, and reports how far it came
        }
    }

    private record Open(StreamConnection connection) implements OwnerEnd {
        @Override
        public String route() {
            return "write, read";
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
