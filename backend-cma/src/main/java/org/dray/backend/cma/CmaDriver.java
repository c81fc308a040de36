package org.dray.backend.cma;

import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyCost;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.dray.PeerId;
import org.dray.Route;
import org.dray.RouteInfo;
import org.dray.linux.Descriptors;
import org.dray.linux.LinuxException;
import org.dray.linux.Processes;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;

/**
 * The driver: everything but the copy itself is bookkeeping, because a peer's addresses are all that the kernel needs.
 */
final class CmaDriver implements CopyDriver {
    /** One system call moves up to 2 147 479 552 bytes. */
    private static final long MAX_TRANSFER_BYTES = 1L << 30;

    private static final CopyCost COST = new CopyCost(900, 10_000_000_000L);

    private final PeerId self;
    private final int aliveDescriptor;
    private final IovecLists lists;
    private final CopyLoop loop;
    private volatile boolean admitted;

    private CmaDriver(PeerId self, IovecLists lists, int aliveDescriptor) {
        this.self = self;
        this.lists = lists;
        this.loop = new CopyLoop(self.pid(), lists);
        this.aliveDescriptor = aliveDescriptor;
    }

    /**
     * Opens the file of the own lock once more, close-on-exec. A process loses its record locks on a file when it
     * closes any descriptor of it: with this one exec drops the lock, and that is how peers see exec. The JVM's own
     * descriptors stay open over it.
     */
    static CmaDriver open(DriverContext context) throws BackendException {
        IovecLists lists = null;
        try {
            lists = new IovecLists();
            return new CmaDriver(
                    context.self(), lists, Descriptors.open(context.aliveFile().toString(), Descriptors.O_RDONLY, 0));
        } catch (LinuxException e) {
            if (lists != null) {
                lists.close();
            }
            throw Errors.refused(e);
        }
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                CmaProvider.ID,
                CmaProvider.VERSION,
                MachineKind.REAL,
                Set.of(
                        Capability.SHARE,
                        Capability.ALLOCATE,
                        Capability.MAP,
                        Capability.SEGMENTS,
                        Capability.SINGLE_USE,
                        Capability.READ_ONLY_MEMORY,
                        Capability.RAW_ADDRESS,
                        Capability.EXEC_DETECTION),
                List.of(
                        route(AddressSpace.Kind.PEER, AddressSpace.Kind.LOCAL),
                        route(AddressSpace.Kind.LOCAL, AddressSpace.Kind.PEER)),
                List.of(
                        new AddressSpace(CmaProvider.ID, "local", AddressSpace.Kind.LOCAL, Long.MAX_VALUE, 1),
                        new AddressSpace(CmaProvider.ID, "peer", AddressSpace.Kind.PEER, Long.MAX_VALUE, 1)));
    }

    private static RouteInfo route(AddressSpace.Kind source, AddressSpace.Kind destination) {
        return new RouteInfo(
                new Route(source, destination, Route.Initiator.CALLER),
                MAX_TRANSFER_BYTES,
                1,
                Integer.MAX_VALUE,
                RouteInfo.Overlap.REJECT,
                RouteInfo.PartialReporting.EXACT,
                Set.of(RouteInfo.Emulation.SPLITTING),
                COST);
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) {
        return new OwnRegion(memory);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) {
        return new OwnRegion(memory);
    }

    @Override
    public DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        try {
            return new AllocatedRegion(Mapping.of(lengthBytes), lengthBytes);
        } catch (LinuxException e) {
            throw Errors.refused(e);
        }
    }

    @Override
    public DriverPeer connect(PeerLink link) throws BackendException {
        return CmaPeer.connect(self, link);
    }

    /** Names the peer to Yama. Never pid 0, which takes the permission back, nor -1, which would let in everybody. */
    @Override
    public void admit(PeerId peer) throws BackendException {
        if (peer.pid() <= 0 || peer.pidNamespace() != self.pidNamespace()) {
            throw new BackendException(
                    CopyStatus.TOKEN_FOREIGN, 0, peer + " is no process of this process's pid namespace", List.of());
        }
        try {
            Processes.setPtracer(peer.pid());
            admitted = true;
        } catch (LinuxException e) {
            if (Yama.isPresent()) { // without it the answer is EINVAL, and nobody needs to be named
                throw Errors.refused(e);
            }
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
        if (source instanceof PeerRegion far) {
            return loop.copy(
                    context,
                    true,
                    far,
                    sourceOffsetBytes,
                    (CmaRegion) destination,
                    destinationOffsetBytes,
                    lengthBytes);
        }
        return loop.copy(
                context,
                false,
                (PeerRegion) destination,
                destinationOffsetBytes,
                (CmaRegion) source,
                sourceOffsetBytes,
                lengthBytes);
    }

    @Override
    public void close() {
        if (admitted) {
            Processes.setPtracer(0);
        }
        Descriptors.close(aliveDescriptor);
        lists.close();
    }
}
