package org.dray.races;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.internal.directory.Instance;
import org.dray.internal.directory.OwnerDirectory;
import org.dray.internal.directory.PeerDirectory;
import org.dray.internal.directory.PeerSlot;
import org.dray.internal.directory.Publication;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;

/** An owner and a peer with their shared files, in one JVM: for the order of memory that is the same as two. */
final class Directory {
    private static final Instance OWNER = instance();
    private static final OwnerDirectory REGIONS = regions();
    private static final PeerDirectory LANE = lane();

    private Directory() {}

    private static Instance instance() {
        try {
            return Instance.create(Optional.of(Path.of(System.getProperty("dray.directory"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OwnerDirectory regions() {
        try {
            return OwnerDirectory.create(OWNER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PeerDirectory lane() {
        try {
            return PeerDirectory.open(instance(), OWNER.self());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Publication publish(boolean singleUse) {
        try {
            return REGIONS.publish("sim", Access.READ_WRITE, singleUse, Extents.of(16, 8), -1);
        } catch (BackendException e) {
            throw new IllegalStateException(e);
        }
    }

    static PeerSlot seenByPeer(Publication publication) {
        return LANE.slot(publication.slot(), publication.generation());
    }

    static void hide(Publication publication) {
        REGIONS.hide(publication);
    }

    /** Waits until the peer claims it no more, and gives the slot back. */
    static void retire(Publication publication) {
        if (!REGIONS.retire(publication, System.nanoTime() + TimeUnit.SECONDS.toNanos(10))) {
            throw new IllegalStateException("claimed for ten seconds");
        }
    }
}
