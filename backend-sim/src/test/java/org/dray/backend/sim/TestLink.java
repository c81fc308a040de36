package org.dray.backend.sim;

import java.nio.file.Path;
import org.dray.PeerId;
import org.dray.spi.DriverContext;
import org.dray.spi.PeerLink;

/** What the core would tell a driver about the process of a given pid, which never dies. */
record TestLink(Path directory, int pid) implements PeerLink, DriverContext {
    @Override
    public PeerId id() {
        return new PeerId(1, 2, pid, 0, 0, 0, 0, pid);
    }

    @Override
    public PeerId self() {
        return id();
    }

    @Override
    public boolean isSelf() {
        return false;
    }

    @Override
    public Path aliveFile() {
        return directory.resolve("alive");
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public Path file(String suffix) {
        return directory.resolve(suffix);
    }
}
