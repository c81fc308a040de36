package org.dray.cli.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Both directions of a connection between owner and peer.
 *
 * @param in what the other side writes
 * @param out what the other side reads
 * @param address of this side, as the other one sees it
 */
record StreamConnection(ReadableByteChannel in, WritableByteChannel out, String address) implements Closeable {
    @Override
    public void close() throws IOException {
        try (in) {
            out.close();
        }
    }
}
