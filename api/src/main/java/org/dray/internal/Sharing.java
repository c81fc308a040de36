package org.dray.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.PeerId;
import org.dray.RegionToken;
import org.dray.RouteInfo;
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
    private static final int MIN_TRIAL_BYTES = 64;

    private final EngineCore engine;
    private final Set<Integer> admittedUsers = new HashSet<>();
    private final List<OwnedRoot> trials = new ArrayList<>();
    private @Nullable OwnedRoot trial;

    Sharing(EngineCore engine) {
        this.engine = engine;
    }

    /** Publishes a region that the driver has just made; closes it if that fails. */
    OwnedRoot share(DriverRegion region, int segmentCount, Access access, boolean singleUse) {
        int trialSlot;
        try {
            trialSlot = trialSlot();
        } catch (RuntimeException e) {
            region.close();
            throw e;
        }
        return publish(region, segmentCount, access, singleUse, trialSlot);
    }

    private OwnedRoot publish(DriverRegion region, int segmentCount, Access access, boolean singleUse, int trialSlot) {
        OwnedRoot root = null;
        boolean complete = false;
        try {
            OwnerDirectory directory = engine.dray().ownerDirectory();
            Publication publication = directory.publish(engine.id(), access, singleUse, region.extents(), trialSlot);
            RegionToken token = new RegionToken(
                    engine.dray().self(),
                    publication.slot(),
                    publication.generation(),
                    region.extents().byteSize(),
                    access,
                    singleUse,
                    engine.id());
            OwnedRoot.Shared shared = new OwnedRoot.Shared(directory, publication, token);
            root = new OwnedRoot(
                    engine, region, AddressSpace.Kind.LOCAL, AddressSpace.Kind.LOCAL, access, segmentCount, shared);
            engine.driver().published(region, publication.slot(), publication.generation());
            complete = true;
            return root;
        } catch (BackendException e) {
            throw engine.failure(e);
        } finally {
            if (!complete && root != null) {
                root.close();
            } else if (!complete) {
                region.close();
            }
        }
    }

    /**
     * The first half of the trial region is read by peers, who know what is in it; the second half is written by them.
     */
    private synchronized int trialSlot() {
        if (trial == null) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(2 * trialBytes());
            buffer.put(0, pattern(engine.dray().self().instance()));
            DriverRegion region;
            try {
                region = engine.driver().register(Memories.of(List.of(buffer)), Access.READ_WRITE);
            } catch (BackendException e) {
                throw engine.failure(e);
            }
            trial = publish(region, 1, Access.READ_WRITE, false, NO_TRIAL);
            trials.add(trial);
        }
        return Objects.requireNonNull(trial.shared()).publication().slot();
    }

    /** Length of each half: as much as the routes between processes must move at least. */
    private int trialBytes() {
        long alignmentBytes = engine.info().routes().stream()
                .filter(r -> r.route().source() == AddressSpace.Kind.PEER
                        || r.route().destination() == AddressSpace.Kind.PEER)
                .mapToLong(RouteInfo::alignmentBytes)
                .max()
                .orElse(1);
        return Math.toIntExact(Math.max(MIN_TRIAL_BYTES, alignmentBytes));
    }

    private byte[] pattern(long instance) {
        byte[] pattern = new byte[trialBytes()];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) ((instance >>> (8 * (i % Long.BYTES))) ^ i);
        }
        return pattern;
    }

    /** What a driver registered before it admitted another user may be closed to that one: so may the trial region. */
    synchronized void admitted(PeerId peer) {
        if (peer.uid() != engine.dray().self().uid() && admittedUsers.add(peer.uid())) {
            trial = null;
        }
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
        if (region.singleUse()
                && connection
                        .directory()
                        .slot(region.slot(), region.generation())
                        .isConsumed()) {
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
        byte[] expected = pattern(connection.link().id().instance());
        int lengthBytes = expected.length;
        ByteBuffer buffer = ByteBuffer.allocateDirect(lengthBytes);
        DriverRegion region = connection.peer().attach(published);
        engine.connections().retain(connection);
        try (RegionView far = new RegionView(new PeerRoot(connection, published, region, Access.READ_WRITE));
                RegionView near = new RegionView(new WrappedRoot(engine.dray(), Memories.of(List.of(buffer))))) {
            if (access.isReadable() && hasRoute(AddressSpace.Kind.PEER, AddressSpace.Kind.LOCAL)) {
                engine.copy(far, 0, near, 0, lengthBytes);
                byte[] seen = new byte[lengthBytes];
                buffer.get(0, seen);
                if (!Arrays.equals(seen, expected)) {
                    throw new CopyException(
                            CopyStatus.IO_ERROR,
                            engine.id(),
                            "a trial copy from " + connection.link().id() + " delivered wrong bytes");
                }
            }
            if (access.isWritable() && hasRoute(AddressSpace.Kind.LOCAL, AddressSpace.Kind.PEER)) {
                engine.copy(near, 0, far, lengthBytes, lengthBytes);
            }
        }
    }

    private boolean hasRoute(AddressSpace.Kind source, AddressSpace.Kind destination) {
        return engine.info().route(source, destination).isPresent();
    }

    synchronized void close(long deadlineNanos) {
        Attempts attempts = new Attempts();
        trials.forEach(it -> attempts.run(() -> it.close(deadlineNanos)));
        attempts.finish();
    }
}
