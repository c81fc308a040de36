package org.dray.backend.knem;

import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.CopyCost;
import org.dray.EngineInfo;
import org.dray.PeerId;
import org.dray.Route;
import org.dray.RouteInfo;
import org.dray.linux.Descriptors;
import org.dray.linux.LinuxException;
import org.dray.linux.Memory;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverContext;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;

/** The driver: the table of contents of this package. */
final class KnemDriver implements CopyDriver {
    /** What UCX assumes of this driver; not measured here. */
    private static final CopyCost COST = new CopyCost(250, 13_800_000_000L);

    private static final int NONE = -1;

    private final PeerId self;
    private final Settings settings;
    private final Features features;
    private final Transfers transfers;
    private final RegionTable regions;
    private final RegionTable singleUseRegions;
    private final int aliveDescriptor;
    private volatile boolean anyUser;

    private KnemDriver(PeerId self, Settings settings, Features features, KnemContext copies, int aliveDescriptor) {
        this.self = self;
        this.settings = settings;
        this.features = features;
        this.aliveDescriptor = aliveDescriptor;
        this.transfers = new Transfers(settings, features, copies);
        this.regions = new RegionTable(settings.device(), 0, RegionTable.MAX_TOMBSTONES);
        this.singleUseRegions = new RegionTable(settings.device(), Abi.FLAG_SINGLE_USE, RegionTable.MAX_TOMBSTONES);
    }

    /** Opens the file of the own lock once more, close-on-exec: so peers see that this process runs another program. */
    static KnemDriver open(DriverContext context, Settings settings) throws BackendException {
        Features features = Features.ask(settings);
        KnemContext copies = null;
        int alive = NONE;
        try {
            copies = features.forcesQueue()
                    ? KnemContext.withArray(settings.device())
                    : new KnemContext(settings.device());
            alive = Descriptors.open(context.aliveFile().toString(), Descriptors.O_RDONLY, 0);
            return new KnemDriver(context.self(), settings, features, copies, alive);
        } catch (LinuxException e) {
            if (copies != null) {
                copies.close();
            }
            if (alive != NONE) {
                Descriptors.close(alive);
            }
            throw Errors.refused(e);
        }
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                KnemProvider.ID,
                KnemProvider.VERSION,
                Machine.kind(settings.device()),
                Set.of(
                        Capability.SHARE,
                        Capability.SEGMENTS,
                        Capability.SINGLE_USE,
                        Capability.READ_ONLY_MEMORY,
                        Capability.RAW_ADDRESS,
                        Capability.EXEC_DETECTION,
                        Capability.THIRD_PARTY),
                List.of(route(Kind.PEER, Kind.LOCAL), route(Kind.LOCAL, Kind.PEER), route(Kind.PEER, Kind.PEER)),
                List.of(
                        new AddressSpace(KnemProvider.ID, "local", Kind.LOCAL, Long.MAX_VALUE, 1),
                        new AddressSpace(KnemProvider.ID, "peer", Kind.PEER, Long.MAX_VALUE, 1)));
    }

    private static RouteInfo route(Kind source, Kind destination) {
        return new RouteInfo(
                new Route(source, destination, Route.Initiator.CALLER),
                Long.MAX_VALUE,
                1,
                Abi.MAX_SEGMENTS,
                RouteInfo.Overlap.REJECT,
                RouteInfo.PartialReporting.NONE,
                Set.of(),
                COST);
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) {
        return new NearRegion(memory);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
        return register(memory, access, regions);
    }

    @Override
    public DriverRegion registerSingleUse(LocalMemory memory, Access access) throws BackendException {
        return register(memory, access, singleUseRegions);
    }

    private DriverRegion register(LocalMemory memory, Access access, RegionTable table) throws BackendException {
        Extents extents = memory.extents(Memory::address);
        RegionTable.Registration registration = table.register(extents, access, anyUser);
        return new RegisteredRegion(memory, extents, table, registration, table == singleUseRegions);
    }

    @Override
    public DriverPeer connect(PeerLink link) {
        return new KnemPeer(link);
    }

    /**
     * The driver knows two sorts of regions, for the own user and for all: the core's directory decides who finds it.
     */
    @Override
    public void admit(PeerId peer) {
        if (peer.uid() != self.uid()) {
            anyUser = true;
        }
    }

    @Override
    public long copy(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        return transfers.copy(context, source, sourceOffsetBytes, destination, destinationOffsetBytes, lengthBytes);
    }

    @Override
    public int queueDepth() {
        return features.hasThread() ? KnemChannel.DEPTH : 0;
    }

    @Override
    public DriverChannel openChannel() throws BackendException {
        KnemContext context = null;
        try {
            context = KnemContext.withArray(settings.device());
            return new KnemChannel(transfers, context, features.hasNotification());
        } catch (LinuxException e) {
            if (context != null) {
                context.close();
            }
            throw Errors.refused(e);
        }
    }

    @Override
    public void close() {
        regions.close();
        singleUseRegions.close();
        transfers.close();
        Descriptors.close(aliveDescriptor);
    }
}
