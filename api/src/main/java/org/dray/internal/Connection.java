package org.dray.internal;

import java.nio.file.Path;
import org.dray.PeerId;
import org.dray.internal.directory.Instance;
import org.dray.internal.directory.OwnerProbe;
import org.dray.internal.directory.PeerDirectory;
import org.dray.spi.DriverPeer;
import org.dray.spi.PeerLink;

/** One engine's connection to one other process, shared by the regions that are attached through it. */
final class Connection {
    private final EngineCore engine;
    private final Link link;
    private final PeerDirectory directory;
    private final DriverPeer peer;
    private int users;

    Connection(EngineCore engine, Link link, PeerDirectory directory, DriverPeer peer) {
        this.engine = engine;
        this.link = link;
        this.directory = directory;
        this.peer = peer;
    }

    EngineCore engine() {
        return engine;
    }

    Link link() {
        return link;
    }

    PeerDirectory directory() {
        return directory;
    }

    DriverPeer peer() {
        return peer;
    }

    /** Counted under the lock of {@link Connections}. */
    void retain() {
        users++;
    }

    /** Tells whether the last user has left. */
    boolean releaseOne() {
        users--;
        return users == 0;
    }

    void release() {
        engine.connections().release(this);
    }

    /** What the driver is told about the other process. */
    record Link(Instance instance, PeerId id) implements PeerLink {
        @Override
        public boolean isSelf() {
            return id.pid() == instance.self().pid()
                    && id.startTime() == instance.self().startTime();
        }

        @Override
        public Path aliveFile() {
            return instance.aliveFile(id);
        }

        @Override
        public boolean isAlive() {
            return OwnerProbe.isAlive(instance, id);
        }

        @Override
        public Path file(String suffix) {
            return instance.file(id, "." + suffix);
        }
    }
}
