package org.dray.backend.sim;

import java.nio.ByteBuffer;
import org.dray.spi.CopyContext;
import org.dray.spi.Extents;
import org.dray.spi.PublishedRegion;

/** Memory of another process, reached through its device. */
record PeerRegion(SimPeer peer, PublishedRegion published) implements SimRegion {

    @Override
    public Extents extents() {
        return published.extents();
    }

    @Override
    public int read(CopyContext context, long offsetBytes, ByteBuffer window, int lengthBytes) {
        return peer.transfer(context, published, false, offsetBytes, window, lengthBytes);
    }

    @Override
    public int write(CopyContext context, long offsetBytes, ByteBuffer window, int lengthBytes) {
        return peer.transfer(context, published, true, offsetBytes, window, lengthBytes);
    }
}
