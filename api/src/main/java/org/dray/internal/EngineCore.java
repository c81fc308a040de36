package org.dray.internal;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionOption;
import org.dray.RegionToken;
import org.dray.spi.BackendException;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.jspecify.annotations.Nullable;

/** An engine: a driver, and above it the checks and lifetimes that every driver needs. */
final class EngineCore implements CopyEngine {
    private final long number = Numbers.next();
    private final DrayCore dray;
    private final int index;
    private final CopyDriver driver;
    private final EngineInfo info;
    private final Copier copier;
    private final Connections connections = new Connections(this);
    private final Sharing sharing = new Sharing(this);
    private final Set<Root> open = ConcurrentHashMap.newKeySet();
    private final Calls calls = new Calls();
    private final Channels channels;
    private volatile boolean closed;

    EngineCore(DrayCore dray, int index, CopyDriver driver) {
        this.dray = dray;
        this.index = index;
        this.driver = driver;
        this.info = RoutePlan.labelled(driver.info(), driver.queueDepth() > 0);
        this.copier = new Copier(this);
        this.channels = new Channels(this);
    }

    DrayCore dray() {
        return dray;
    }

    long number() {
        return number;
    }

    /** Position among the engines of this Dray. */
    int index() {
        return index;
    }

    CopyDriver driver() {
        return driver;
    }

    Copier copier() {
        return copier;
    }

    Connections connections() {
        return connections;
    }

    @Override
    public String id() {
        return info.engineId();
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("engine " + id() + " is closed");
        }
    }

    void require(Capability capability, String what) {
        if (!info.has(capability)) {
            throw new UnsupportedOperationException("engine " + id() + " does not declare " + capability + ": " + what);
        }
    }

    @Override
    public MemoryRegion register(ByteBuffer memory, Access access, RegionOption... options) {
        return register(Memories.of(List.of(memory)), access, options);
    }

    @Override
    public MemoryRegion register(MemoryRegion memory, Access access, RegionOption... options) {
        return register(dray.wrappedMemory(memory), access, options);
    }

    MemoryRegion register(LocalMemory memory, Access access, RegionOption... options) {
        Objects.requireNonNull(access, "access");
        Set<RegionOption> chosen = options(options);
        requireOpen();
        if (memory.isReadOnly() && access.isWritable()) {
            throw new IllegalArgumentException("read-only memory cannot be registered for " + access);
        }
        if (memory.isReadOnly()) {
            require(Capability.READ_ONLY_MEMORY, "read-only buffers cannot be registered");
        }
        requireShape(memory);
        boolean singleUse = chosen.contains(RegionOption.SINGLE_USE);
        return own(
                memory.byteSize(),
                access,
                singleUse,
                memory.segmentCount(),
                () -> singleUse ? driver.registerSingleUse(memory, access) : driver.register(memory, access));
    }

    @Override
    public MemoryRegion allocate(long lengthBytes, Access access, RegionOption... options) {
        Objects.requireNonNull(access, "access");
        Set<RegionOption> chosen = options(options);
        requireOpen();
        require(Capability.ALLOCATE, "use ByteBuffer.allocateDirect and register");
        if (lengthBytes < 1) {
            throw new IllegalArgumentException("cannot allocate " + lengthBytes + " bytes; at least 1");
        }
        return own(
                lengthBytes,
                access,
                chosen.contains(RegionOption.SINGLE_USE),
                1,
                () -> driver.allocate(lengthBytes, access));
    }

    private MemoryRegion own(
            long lengthBytes, Access access, boolean singleUse, int segmentCount, Making<DriverRegion> making) {
        if (singleUse) {
            require(Capability.SINGLE_USE, "regions cannot be registered for a single use");
        }
        Quarantine.reap();
        return calls.run(this, () -> {
            DriverRegion region = make(making, lengthBytes);
            return remember(
                    info.has(Capability.SHARE)
                            ? sharing.share(region, segmentCount, access, singleUse)
                            : new OwnedRoot(
                                    this,
                                    region,
                                    AddressSpace.Kind.LOCAL,
                                    AddressSpace.Kind.LOCAL,
                                    access,
                                    segmentCount,
                                    null));
        });
    }

    @Override
    public MemoryRegion attach(RegionToken token) {
        Objects.requireNonNull(token, "token");
        return attach(token, null);
    }

    /** Attaches with the access that is needed, or all that the owner published. */
    MemoryRegion attach(RegionToken token, @Nullable Access needed) {
        requireOpen();
        require(Capability.SHARE, "tokens cannot be attached");
        return calls.run(this, () -> remember(sharing.attach(token, needed)));
    }

    @Override
    public MemoryRegion region(AddressSpace space, long offsetBytes, long lengthBytes, Access access) {
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(access, "access");
        requireOpen();
        boolean isDevice = space.kind() == AddressSpace.Kind.DEVICE || space.kind() == AddressSpace.Kind.PERSISTENT;
        if (!isDevice || !info.spaces().contains(space)) {
            throw new IllegalArgumentException("engine " + id() + " has no device or persistent space " + space
                    + "; its spaces are " + info.spaces());
        }
        if (lengthBytes < 1 || offsetBytes < 0 || lengthBytes > space.byteSize() - offsetBytes) {
            throw new IndexOutOfBoundsException("range of " + lengthBytes + " bytes at offset " + offsetBytes
                    + " is empty or leaves the space '" + space.name() + "' of " + space.byteSize() + " bytes");
        }
        if (((offsetBytes | lengthBytes) & (space.alignmentBytes() - 1)) != 0) {
            throw new IllegalArgumentException("offset " + offsetBytes + " and length " + lengthBytes
                    + " must be multiples of the " + space.alignmentBytes() + " bytes of space '" + space.name() + "'");
        }
        return calls.run(this, () -> {
            DriverRegion region = make(() -> driver.open(space, offsetBytes, lengthBytes, access), lengthBytes);
            return remember(new OwnedRoot(this, region, space.kind(), canonical(space), access, 1, null));
        });
    }

    /** The same object for equal spaces: {@link Root#coordinates} are compared by identity. */
    private AddressSpace canonical(AddressSpace space) {
        return info.spaces().get(info.spaces().indexOf(space));
    }

    void admit(PeerId peer) {
        calls.run(
                this,
                () -> make(() -> {
                    driver.admit(peer);
                    sharing.admitted(peer);
                    return peer;
                }));
    }

    /**
     * From now on the region is closed with this engine. A region that comes after a close gave up waiting for it is
     * closed at once.
     */
    private MemoryRegion remember(Root root) {
        open.add(root);
        if (closed) {
            root.close();
            requireOpen();
        }
        return new RegionView(root);
    }

    void forget(Root root) {
        open.remove(root);
    }

    /** Makes wrapped memory usable for this engine. */
    DriverRegion wrap(LocalMemory memory) {
        requireShape(memory);
        return make(() -> driver.wrap(memory));
    }

    void requireShape(LocalMemory memory) {
        if (memory.segmentCount() > 1) {
            require(Capability.SEGMENTS, memory.segmentCount() + " segments are too many");
        }
        if (memory.isRaw()) {
            require(Capability.RAW_ADDRESS, "memory of wrapAddress cannot be used");
        }
    }

    @Override
    public void copy(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        copier.copy(source, sourceOffsetBytes, destination, destinationOffsetBytes, lengthBytes);
    }

    @Override
    public CompletableFuture<Void> copyAsync(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        RegionView from = Copier.view(source, "source");
        RegionView to = Copier.view(destination, "destination");
        return calls.run(this, () -> {
            RoutePlan plan = copier.check(from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes);
            Operation operation = new Operation(0);
            operation.ask(plan, from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes);
            return channels.start(operation);
        });
    }

    @Override
    public CopyChannel openChannel(ChannelOptions options) {
        Objects.requireNonNull(options, "options");
        return calls.run(this, () -> make(() -> channels.open(options)));
    }

    void forget(ChannelCore channel) {
        channels.forget(channel);
    }

    /** Moves on what depends on somebody asking. */
    void advance() {
        channels.advance();
    }

    /** Runs a driver's call while the region cannot be released. */
    <T> T using(Root root, RegionView.Use<T> use) {
        CopyCell cell = dray.cells().take();
        try {
            cell.begin(this, root, root);
            return claimAndUse(cell, root, use);
        } finally {
            cell.end();
            Reference.reachabilityFence(root);
        }
    }

    private <T> T claimAndUse(CopyCell cell, Root root, RegionView.Use<T> use) {
        try {
            cell.claim(root, root);
            if (root instanceof PeerRoot peer) {
                requireReachable(peer);
            }
            return make(() -> use.apply(root.driverRegion(this)));
        } finally {
            cell.unclaim(root, root);
        }
    }

    /** A mapping is a use of the region like a copy. */
    private void requireReachable(PeerRoot peer) {
        if (!peer.isPublished()) {
            throw new CopyException(CopyStatus.TOKEN_STALE, id(), "the owner closed the region");
        }
        if (!peer.takeUse()) {
            throw new CopyException(CopyStatus.TOKEN_STALE, id(), "the single-use region was used already");
        }
    }

    /** Refuses new work, and ends copies at their next step. */
    void refuse() {
        closed = true;
    }

    /** Closes the channels, after {@link #refuse}. May be repeated after a failure, as {@link #closeRegions}. */
    void closeChannels(long deadlineNanos) {
        if (!calls.awaitNone(deadlineNanos)) {
            throw stillCalled();
        }
        channels.close(deadlineNanos);
    }

    /** Closes the regions. */
    void closeRegions(long deadlineNanos) {
        Attempts attempts = new Attempts();
        attempts.run(() -> {
            if (!calls.awaitNone(deadlineNanos) || !dray.cells().awaitUnused(number, deadlineNanos)) {
                throw stillCalled();
            }
        });
        open.forEach(root -> attempts.run(() -> root.close(deadlineNanos)));
        attempts.run(() -> sharing.close(deadlineNanos));
        attempts.finish();
    }

    private CopyException stillCalled() {
        return new CopyException(CopyStatus.BUSY, id(), "a call of this process is still in the driver");
    }

    private interface Making<T> {
        T make() throws BackendException;
    }

    private <T> T make(Making<T> making) {
        try {
            return making.make();
        } catch (BackendException e) {
            throw failure(e);
        }
    }

    /** Makes a region; a driver that makes another one than was asked for must not get past the checks of bounds. */
    private DriverRegion make(Making<DriverRegion> making, long lengthBytes) {
        DriverRegion region = make(making);
        long madeBytes = region.extents().byteSize();
        if (madeBytes != lengthBytes) {
            region.close();
            throw new CopyException(
                    CopyStatus.IO_ERROR,
                    id(),
                    "the driver made a region of " + madeBytes + " bytes instead of " + lengthBytes);
        }
        return region;
    }

    CopyException failure(BackendException e) {
        CopyException failure = new CopyException(
                e.status(),
                id(),
                Optional.empty(),
                e.errno(),
                -1,
                e.getMessage() == null ? "refused" : e.getMessage(),
                e.findings());
        failure.initCause(e);
        return failure;
    }

    private static Set<RegionOption> options(RegionOption... options) {
        Set<RegionOption> set = EnumSet.noneOf(RegionOption.class);
        for (RegionOption option : options) {
            set.add(Objects.requireNonNull(option, "option"));
        }
        return set;
    }
}
