package org.dray.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Breaks the last byte of what comes through the pipe or the simulator, as a broken transfer would. */
public final class CorruptingPeer {
    private CorruptingPeer() {}

    public static void main(String[] arguments) throws Exception {
        Peer.run(CorruptingPeer::decorate);
    }

    private static PeerEnd decorate(String way, PeerEnd end, Segments destination) {
        return way.equals("pipe") || way.equals("sim") ? new Corrupting(end, destination) : end;
    }

    private record Corrupting(PeerEnd end, Segments destination) implements PeerEnd {
        @Override
        public void receive() throws IOException {
            end.receive();
            ByteBuffer last = destination.buffers().get(destination.buffers().size() - 1);
            int index = last.limit() - 1;
            last.put(index, (byte) ~last.get(index));
        }

        @Override
        public void close() throws IOException {
            end.close();
        }
    }
}
