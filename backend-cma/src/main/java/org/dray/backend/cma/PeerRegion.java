package org.dray.backend.cma;

import org.dray.spi.Extents;

/** Memory of another process. */
final class PeerRegion extends CmaRegion {
    private final CmaPeer peer;

    PeerRegion(CmaPeer peer, Extents extents) {
        super(extents);
        this.peer = peer;
    }

    CmaPeer peer() {
        return peer;
    }
}
