package org.dray.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Asks for the file with one byte and reads it from the same connection. */
final class StreamPeer implements PeerEnd {
    private final StreamConnection connection;
    private final Segments destination;
    private final ByteBuffer request = ByteBuffer.allocateDirect(1);

    StreamPeer(StreamConnection connection, Segments destination) {
        this.connection = connection;
        this.destination = destination;
    }

    @Override
    public void receive() throws IOException {
        connection.out().write(request.clear());
        long receivedBytes = 0;
        for (ByteBuffer buffer : destination.buffers()) {
            while (buffer.hasRemaining()) {
                int count = connection.in().read(buffer);
                if (count < 0) {
                    throw new EOFException(
                            "the stream ended after " + receivedBytes + " of " + destination.byteSize() + " bytes");
                }
                receivedBytes += count;
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
