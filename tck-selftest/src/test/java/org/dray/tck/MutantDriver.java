package org.dray.tck;

import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.EngineInfo;
import org.dray.PeerId;
import org.dray.backend.sim.SimProvider;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;

/** The simulator's driver with a mutant's defect. */
record MutantDriver(CopyDriver genuine, Mutant mutant, EngineInfo info, AtomicInteger registrations)
        implements CopyDriver {

    MutantDriver(CopyDriver genuine, Mutant mutant, EngineInfo info) {
        this(genuine, mutant, info, new AtomicInteger());
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) throws BackendException {
        return mutant.wrap(genuine, memory);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
        return mutant.register(genuine, memory, access, registrations.incrementAndGet());
    }

    @Override
    public void published(DriverRegion region, int slot, int generation) {
        genuine.published(region, slot, generation);
    }

    @Override
    public DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        return genuine.allocate(lengthBytes, access);
    }

    @Override
    public DriverPeer connect(PeerLink link) throws BackendException {
        return genuine.connect(link);
    }

    @Override
    public DriverRegion open(AddressSpace space, long offsetBytes, long lengthBytes, Access access)
            throws BackendException {
        return mutant.open(genuine, Infos.renamed(space, new SimProvider().id()), offsetBytes, lengthBytes, access);
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
        if (queueDepth() == 0) {
            return mutant.copy(
                    genuine, context, source, sourceOffsetBytes, destination, destinationOffsetBytes, lengthBytes);
        }
        // Queues have no index of their own for their copies: one at a time.
        synchronized (registrations) {
            return mutant.copy(
                    genuine, context, source, sourceOffsetBytes, destination, destinationOffsetBytes, lengthBytes);
        }
    }

    @Override
    public int queueDepth() {
        return mutant.queueDepth();
    }

    @Override
    public DriverChannel openChannel() {
        return new DeviceQueue(this);
    }

    @Override
    public void close() {
        genuine.close();
    }
}
