package org.dray.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.dray.PeerId;
import org.dray.internal.directory.Instance;
import org.dray.internal.directory.OwnerProbe;
import org.dray.internal.directory.PeerDirectory;
import org.dray.spi.BackendException;

/** The connections of one engine, one for each process with attached regions. */
final class Connections {
    private final EngineCore engine;
    private final Map<PeerId, Connection> open = new HashMap<>();

    Connections(EngineCore engine) {
        this.engine = engine;
    }

    /** The connection to a process, opened if there is none; released by its user. */
    synchronized Connection acquire(PeerId owner) {
        Instance instance = engine.dray().instance();
        try {
            OwnerProbe.requireAlive(instance, owner);
        } catch (IOException e) {
            throw OwnerProbe.explain(instance, owner, engine.id(), e);
        }
        Connection connection = open.get(owner);
        if (connection == null) {
            connection = connect(instance, owner);
            open.put(owner, connection);
        }
        connection.retain();
        return connection;
    }

    private Connection connect(Instance instance, PeerId owner) {
        Connection.Link link = new Connection.Link(instance, owner);
        PeerDirectory directory;
        try {
            directory = PeerDirectory.open(instance, owner);
        } catch (IOException e) {
            throw OwnerProbe.explain(instance, owner, engine.id(), e);
        }
        boolean connected = false;
        try {
            Connection connection =
                    new Connection(engine, link, directory, engine.driver().connect(link));
            connected = true;
            return connection;
        } catch (BackendException e) {
            // An owner that closes its Dray meanwhile looks to the driver like one that was replaced.
            throw OwnerProbe.isClosed(instance, owner)
                    ? OwnerProbe.explain(instance, owner, engine.id(), e)
                    : engine.failure(e);
        } finally {
            if (!connected) {
                directory.close();
            }
        }
    }

    /** One more user of a connection that somebody already uses. */
    synchronized void retain(Connection connection) {
        connection.retain();
    }

    synchronized void release(Connection connection) {
        if (connection.releaseOne()) {
            open.remove(connection.link().id());
            try {
                connection.peer().close();
            } finally {
                connection.directory().close();
            }
        }
    }
}
