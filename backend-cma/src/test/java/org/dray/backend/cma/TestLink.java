package org.dray.backend.cma;

import java.nio.file.Path;
import org.dray.PeerId;
import org.dray.spi.PeerLink;

/** What the core would tell a driver about another process. */
record TestLink(PeerId id, boolean isSelf, Path aliveFile) implements PeerLink {
    static TestLink toSelf(TestInstance instance) {
        return new TestLink(instance.self(), true, instance.aliveFile());
    }

    @Override
    public boolean isAlive() {
        throw new UnsupportedOperationException("this driver asks the lock itself");
    }

    @Override
    public Path file(String suffix) {
        throw new UnsupportedOperationException("this driver has no files");
    }
}
