package org.dray.backend.sim;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.EngineInfo;
import org.dray.PeerId;
import org.dray.RouteInfo;
import org.dray.RouteInfo.Overlap;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;

/**
 * A driver that takes its declaration at its word. The core checks every call against {@link EngineInfo} so that
 * drivers need not; a real device would answer a call that slipped through with wrong bytes or worse. Here it is an
 * AssertionError. Adds nothing else.
 */
final class GuardedDriver implements CopyDriver {
    private final CopyDriver genuine;
    private final EngineInfo info;
    private final AtomicInteger open = new AtomicInteger();

    GuardedDriver(CopyDriver genuine) {
        this.genuine = genuine;
        this.info = genuine.info();
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) throws BackendException {
        requireShape(memory);
        return own(genuine.wrap(memory), memory.segmentCount(), memory.isReadOnly() ? Access.READ : Access.READ_WRITE);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
        requireFit(memory, access);
        return own(genuine.register(memory, access), memory.segmentCount(), access);
    }

    @Override
    public DriverRegion registerSingleUse(LocalMemory memory, Access access) throws BackendException {
        require(has(Capability.SINGLE_USE), () -> "a single use");
        requireFit(memory, access);
        return own(genuine.registerSingleUse(memory, access), memory.segmentCount(), access);
    }

    private void requireFit(LocalMemory memory, Access access) {
        requireShape(memory);
        require(!memory.isReadOnly() || has(Capability.READ_ONLY_MEMORY), () -> "read-only memory");
        require(!memory.isReadOnly() || !access.isWritable(), () -> "read-only memory for writing");
    }

    private void requireShape(LocalMemory memory) {
        require(memory.segmentCount() == 1 || has(Capability.SEGMENTS), () -> memory.segmentCount() + " segments");
        require(!memory.isRaw() || has(Capability.RAW_ADDRESS), () -> "a raw address");
        require(memory.byteSize() > 0, () -> "empty memory");
    }

    private DriverRegion own(DriverRegion region, int segmentCount, Access access) {
        return guarded(region, Kind.LOCAL, segmentCount, access, Kind.LOCAL);
    }

    @Override
    public void published(DriverRegion region, int slot, int generation) {
        require(has(Capability.SHARE), () -> "published()");
        genuine.published(GuardedRegion.of(region).genuine(), slot, generation);
    }

    @Override
    public DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        require(has(Capability.ALLOCATE) && lengthBytes > 0, () -> "allocate(" + lengthBytes + ")");
        return own(genuine.allocate(lengthBytes, access), 1, access);
    }

    @Override
    public DriverRegion open(AddressSpace space, long offsetBytes, long lengthBytes, Access access)
            throws BackendException {
        require(info.spaces().contains(space), () -> "a region of " + space);
        boolean inside = offsetBytes >= 0 && lengthBytes > 0 && lengthBytes <= space.byteSize() - offsetBytes;
        boolean aligned = ((offsetBytes | lengthBytes) & (space.alignmentBytes() - 1)) == 0;
        require(inside && aligned, () -> lengthBytes + " bytes at " + offsetBytes + " of " + space);
        return guarded(genuine.open(space, offsetBytes, lengthBytes, access), space.kind(), 1, access, space);
    }

    @Override
    public DriverPeer connect(PeerLink link) throws BackendException {
        require(has(Capability.SHARE), () -> "connect()");
        DriverPeer peer = genuine.connect(link);
        open.incrementAndGet();
        return new GuardedPeer(this, peer, link.isSelf() ? Kind.LOCAL : peer);
    }

    @Override
    public void admit(PeerId peer) throws BackendException {
        genuine.admit(peer);
    }

    @Override
    public long copy(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        GuardedRegion from = GuardedRegion.of(source);
        GuardedRegion to = GuardedRegion.of(destination);
        requireAllowed(from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes);
        return genuine.copy(
                context, from.genuine(), sourceOffsetBytes, to.genuine(), destinationOffsetBytes, lengthBytes);
    }

    @Override
    public int queueDepth() {
        return genuine.queueDepth();
    }

    @Override
    public DriverChannel openChannel() throws BackendException {
        require(queueDepth() > 0, () -> "openChannel()");
        DriverChannel channel = genuine.openChannel();
        open.incrementAndGet();
        return new GuardedChannel(this, channel, queueDepth());
    }

    void requireAllowed(
            GuardedRegion from,
            long sourceOffsetBytes,
            GuardedRegion to,
            long destinationOffsetBytes,
            long lengthBytes) {
        if (!isAllowed(from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes)) {
            throw new AssertionError("the core let a copy through that " + info.engineId() + " does not declare: "
                    + lengthBytes + " bytes from " + from.text(sourceOffsetBytes) + " to "
                    + to.text(destinationOffsetBytes));
        }
    }

    private boolean isAllowed(
            GuardedRegion from,
            long sourceOffsetBytes,
            GuardedRegion to,
            long destinationOffsetBytes,
            long lengthBytes) {
        RouteInfo route = route(from.kind(), to.kind());
        long mask = route.alignmentBytes() - 1;
        return lengthBytes >= 1
                && lengthBytes <= route.maxTransferBytes()
                && ((sourceOffsetBytes | destinationOffsetBytes | lengthBytes) & mask) == 0
                && from.allows(sourceOffsetBytes, lengthBytes, route.maxSegments())
                && to.allows(destinationOffsetBytes, lengthBytes, route.maxSegments())
                && from.access().isReadable()
                && to.access().isWritable()
                && (route.overlap() == Overlap.MEMMOVE
                        || !from.overlaps(sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes));
    }

    /** Without a stream: this is on the path of every copy. */
    private RouteInfo route(Kind source, Kind destination) {
        for (int i = 0; i < info.routes().size(); i++) {
            RouteInfo candidate = info.routes().get(i);
            if (candidate.route().source() == source && candidate.route().destination() == destination) {
                return candidate;
            }
        }
        throw new AssertionError("the core let a copy " + source + "->" + destination + " through");
    }

    GuardedRegion guarded(DriverRegion region, Kind kind, int segmentCount, Access access, Object coordinates) {
        open.incrementAndGet();
        return new GuardedRegion(this, region, kind, segmentCount, access, coordinates);
    }

    boolean has(Capability capability) {
        return info.has(capability);
    }

    void require(boolean allowed, Supplier<String> what) {
        if (!allowed) {
            throw new AssertionError(
                    "the core let something through that " + info.engineId() + " does not declare: " + what.get());
        }
    }

    void forget() {
        open.decrementAndGet();
    }

    @Override
    public void close() {
        genuine.close();
        require(open.get() == 0, () -> "close() with " + open.get() + " regions, peers and channels open");
    }
}
