package org.dray.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.RegionToken;
import org.dray.internal.directory.OwnerDirectory;
import org.dray.internal.directory.OwnerProbe;
import org.dray.internal.directory.PeerDirectory;
import org.dray.internal.directory.Publication;
import org.dray.internal.directory.StaleException;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.PublishedRegion;
import org.jspecify.annotations.Nullable;

/**
 * How regions of one engine pass between processes: publishing own ones, attaching others'. Each engine with a
 * published region has a trial region beside it, so that whoever attaches can try a copy without touching anybody's
 * memory.
 */
final class Sharing {
    private static final int NO_TRIAL = -1;
    private static final int TRIAL_BYTES = 64;

    private final EngineCore engine;
    private @Nullable OwnedRoot trial;

    Sharing(EngineCore engine) {
        this.engine = engine;
    }

    /** Publishes a region that the driver has just made. */
    OwnedRoot.Shared share(DriverRegion region, Access access, boolean singleUse) {
        return publish(region, access, singleUse, trialSlot());
    }

    private OwnedRoot.Shared publish(DriverRegion region, Access access, boolean singleUse, int trialSlot) {
        OwnerDirectory directory = engine.dray().ownerDirectory();
        try {
            Publication publication = directory.publish(engine.id(), access, singleUse, region.extents(), trialSlot);
            engine.driver().published(region, publication.slot(), publication.generation());
            RegionToken token = new RegionToken(
                    engine.dray().self(),
                    publication.slot(),
                    publication.generation(),
                    region.extents().byteSize(),
                    access,
                    singleUse,
                    engine.id());
            return new OwnedRoot.Shared(directory, publication, token);
        } catch (BackendException e) {
            throw engine.failure(e);
        }
    }

    /**
     * The first half of the trial region is read by peers, who know what is in it; the second half is written by them.
     */
    private synchronized int trialSlot() {
        if (trial == null) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(2 * TRIAL_BYTES);
            buffer.put(0, pattern(engine.dray().self().instance()));
            DriverRegion region;
            try {
                region = engine.driver().register(Memories.of(List.of(buffer)), Access.READ_WRITE);
            } catch (BackendException e) {
                throw engine.failure(e);
            }
            OwnedRoot.Shared shared = publish(region, Access.READ_WRITE, false, NO_TRIAL);
            trial = new OwnedRoot(
                    engine, region, AddressSpace.Kind.LOCAL, AddressSpace.Kind.LOCAL, Access.READ_WRITE, 1, shared);
        }
        return Objects.requireNonNull(trial.shared()).publication().slot();
    }

    private static byte[] pattern(long instance) {
        byte[] pattern = new byte[TRIAL_BYTES];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) ((instance >>> (8 * (i % Long.BYTES))) ^ i);
        }
        return pattern;
    }

    /** Attaches after a trial copy in each direction that is needed. */
    PeerRoot attach(RegionToken token, @Nullable Access needed) {
        OwnerProbe.requireSameHost(engine.dray().self(), token.owner());
        if (!token.backendId().equals(engine.id())) {
            throw new CopyException(
                    CopyStatus.TOKEN_FOREIGN,
                    engine.id(),
                    "the token's backend differs: it is for " + token.backendId() + ", not for " + engine.id());
        }
        Connection connection = engine.connections().acquire(token.owner());
        PeerRoot root = null;
        try {
            PeerDirectory.Published published = read(connection, token.slot(), token.generation());
            PublishedRegion region = published.region();
            if (!published.backendId().equals(engine.id())) {
                throw new CopyException(
                        CopyStatus.TOKEN_INVALID,
                        engine.id(),
                        "the token names a region that was registered with " + published.backendId());
            }
            Access access = needed == null ? region.access() : needed;
            if (!region.access().covers(access)) {
                throw new CopyException(
                        CopyStatus.PERMISSION,
                        engine.id(),
                        "the owner published the region for " + region.access() + ", not for " + access);
            }
            tryCopies(connection, published.trialSlot(), access);
            requireUnused(connection, region);
            root = new PeerRoot(connection, region, connection.peer().attach(region), access);
            return root;
        } catch (StaleException e) {
            throw new CopyException(CopyStatus.TOKEN_STALE, engine.id(), String.valueOf(e.getMessage()));
        } catch (BackendException e) {
            throw engine.failure(e);
        } finally {
            if (root == null) {
                connection.release();
            }
        }
    }

    private static PeerDirectory.Published read(Connection connection, int slot, int generation) throws StaleException {
        return connection.directory().read(slot, generation);
    }

    private void requireUnused(Connection connection, PublishedRegion region) {
        if (region.singleUse() && connection.directory().isConsumed(region.slot(), region.generation())) {
            throw new CopyException(CopyStatus.TOKEN_STALE, engine.id(), "the single-use region was used already");
        }
    }

    private void tryCopies(Connection connection, int trialSlot, Access access)
            throws StaleException, BackendException {
        if (trialSlot == NO_TRIAL) {
            return;
        }
        PublishedRegion published =
                connection.directory().readAnyGeneration(trialSlot).region();
        engine.connections().retain(connection);
        PeerRoot far = new PeerRoot(connection, published, connection.peer().attach(published), Access.READ_WRITE);
        ByteBuffer buffer = ByteBuffer.allocateDirect(TRIAL_BYTES);
        WrappedRoot near = new WrappedRoot(engine.dray(), Memories.of(List.of(buffer)));
        try {
            RegionView farView = new RegionView(far);
            RegionView nearView = new RegionView(near);
            if (access.isReadable() && hasRoute(AddressSpace.Kind.PEER, AddressSpace.Kind.LOCAL)) {
                engine.copy(farView, 0, nearView, 0, TRIAL_BYTES);
                byte[] seen = new byte[TRIAL_BYTES];
                buffer.get(0, seen);
                if (!Arrays.equals(seen, pattern(connection.link().id().instance()))) {
                    throw new CopyException(
                            CopyStatus.IO_ERROR,
                            engine.id(),
                            "a trial copy from " + connection.link().id() + " delivered wrong bytes");
                }
            }
            if (access.isWritable() && hasRoute(AddressSpace.Kind.LOCAL, AddressSpace.Kind.PEER)) {
                engine.copy(nearView, 0, farView, TRIAL_BYTES, TRIAL_BYTES);
            }
        } finally {
            near.close();
            far.close();
        }
    }

    private boolean hasRoute(AddressSpace.Kind source, AddressSpace.Kind destination) {
        return engine.info().route(source, destination).isPresent();
    }

    synchronized void close() {
        if (trial != null) {
            trial.close();
        }
    }
}
