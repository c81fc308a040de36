package org.dray.cli.demo;

import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.Tokens;

/** Copies the file out of the owner's memory through one backend. */
final class BackendPeer implements PeerEnd {
    private final Dray dray;
    private final MemoryRegion far;
    private final MemoryRegion near;

    private BackendPeer(Dray dray, MemoryRegion far, MemoryRegion near) {
        this.dray = dray;
        this.far = far;
        this.near = near;
    }

    /** Takes the Dray over: closing the end closes it. */
    static BackendPeer attach(Dray dray, byte[] tokens, Segments destination) {
        return new BackendPeer(dray, dray.attach(Tokens.parse(tokens)), dray.wrap(destination.buffers()));
    }

    String route() {
        CopyEngine engine = far.engine();
        return engine.info()
                .route(Kind.PEER, Kind.LOCAL)
                .map(info -> info.route().toString())
                .orElseThrow();
    }

    @Override
    public void receive() {
        far.engine().copy(far, 0, near, 0, far.byteSize());
    }

    @Override
    public void close() {
        try (dray;
                far) {
            near.close();
        }
    }
}
