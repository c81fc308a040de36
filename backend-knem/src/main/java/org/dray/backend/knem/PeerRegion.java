package org.dray.backend.knem;

import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.PublishedRegion;

/** A region of another process: the cookie is its key. */
final class PeerRegion implements DriverRegion {
    private final KnemPeer peer;
    private final PublishedRegion published;

    PeerRegion(KnemPeer peer, PublishedRegion published) {
        this.peer = peer;
        this.published = published;
    }

    KnemPeer peer() {
        return peer;
    }

    @Override
    public Extents extents() {
        return published.extents();
    }

    @Override
    public boolean isSpentByCopy() {
        return published.singleUse();
    }
}
