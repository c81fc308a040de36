package org.dray.tck.faults;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.PeerId;
import org.dray.RouteInfo;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;

/**
 * A driver that does what a {@link FaultScript} says to the operations of another one. Everything else goes through
 * unchanged. An example, in a provider of one's own:
 *
 * <pre>{@code
 * public CopyDriver open(DriverContext context) throws BackendException {
 *     FaultScript script = FaultScript.none()
 *             .with(Operations.number(3), new Fault.Fail(CopyStatus.TIMEOUT, 0))
 *             .with(Operations.all().between(PEER, LOCAL), new Fault.Delay(Duration.ofMillis(2)));
 *     return new FaultyDriver(new CmaProvider().open(context), script);
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> As any driver. Operations are numbered in the order in which they reach this driver, so that a
 * script gives the same run again where one thread copies. Copies allocate.
 */
public final class FaultyDriver implements CopyDriver {
    private final CopyDriver genuine;
    private final EngineInfo info;
    private final FaultScript script;
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private volatile boolean halted;

    /**
     * Makes a driver.
     *
     * @param genuine the driver that does the work; closed with this one
     * @param script what goes wrong
     */
    public FaultyDriver(CopyDriver genuine, FaultScript script) {
        this.genuine = Objects.requireNonNull(genuine, "genuine");
        this.script = Objects.requireNonNull(script, "script");
        this.info = genuine.info();
    }

    /**
     * How many operations were asked for so far.
     *
     * @return the number of the last one
     */
    public long operations() {
        return operations.get();
    }

    /**
     * How many operations something happened to so far; of a halted device, all that it refused.
     *
     * @return how many
     */
    public long faults() {
        return faults.get();
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) throws BackendException {
        return new FaultyRegion(genuine.wrap(memory), Kind.LOCAL, Optional.of(memory));
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
        return new FaultyRegion(genuine.register(memory, access), Kind.LOCAL, Optional.of(memory));
    }

    @Override
    public DriverRegion registerSingleUse(LocalMemory memory, Access access) throws BackendException {
        return new FaultyRegion(genuine.registerSingleUse(memory, access), Kind.LOCAL, Optional.of(memory));
    }

    @Override
    public void published(DriverRegion region, int slot, int generation) {
        genuine.published(FaultyRegion.of(region).genuine(), slot, generation);
    }

    @Override
    public DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        return new FaultyRegion(genuine.allocate(lengthBytes, access), Kind.LOCAL, Optional.empty());
    }

    @Override
    public DriverPeer connect(PeerLink link) throws BackendException {
        return new FaultyPeer(genuine.connect(link));
    }

    @Override
    public DriverRegion open(AddressSpace space, long offsetBytes, long lengthBytes, Access access)
            throws BackendException {
        DriverRegion region = genuine.open(space, offsetBytes, lengthBytes, access);
        return new FaultyRegion(region, space.kind(), Optional.empty());
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
        Copying copying = copying(context, source, sourceOffsetBytes, destination, destinationOffsetBytes, lengthBytes);
        Optional<Fault> fault =
                next(copying.source().kind(), copying.destination().kind(), lengthBytes);
        return fault.isPresent() ? run(copying, fault.get()) : copying.run();
    }

    @Override
    public int queueDepth() {
        return genuine.queueDepth();
    }

    @Override
    public DriverChannel openChannel() throws BackendException {
        return new FaultyChannel(this, genuine.openChannel(), genuine.queueDepth());
    }

    /** What happens to the next operation. */
    Optional<Fault> next(Kind source, Kind destination, long lengthBytes) {
        Optional<Fault> scripted = script.faultOf(operations.incrementAndGet(), source, destination, lengthBytes);
        Optional<Fault> fault = halted ? Optional.of(new Fault.Halt()) : scripted;
        if (fault.isPresent()) {
            faults.incrementAndGet();
        }
        halted |= fault.filter(Fault.Halt.class::isInstance).isPresent();
        return fault;
    }

    Copying copying(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        FaultyRegion from = FaultyRegion.of(source);
        FaultyRegion to = FaultyRegion.of(destination);
        RouteInfo route = info.route(from.kind(), to.kind()).orElseThrow();
        return new Copying(genuine, context, route, from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes);
    }

    private static long run(Copying copying, Fault fault) {
        if (fault instanceof Fault.Delay delay) {
            park(delay.time().toNanos());
            return copying.run();
        } else if (fault instanceof Fault.Fail fail) {
            return copying.context().fail(fail.status(), fail.errno(), 0, "a fault of the script");
        } else if (fault instanceof Fault.Shorten shorten) {
            return copying.runFirst(shorten.bytes());
        } else if (fault instanceof Fault.Corrupt corrupt) {
            return copying.runAndSpoil(corrupt.offsetBytes());
        } else if (fault instanceof Fault.Halt) {
            return copying.context().fail(CopyStatus.DEVICE_HALTED, 0, 0, "the script halted the device");
        }
        return copying.run();
    }

    /** An interrupt does not make it shorter: a device would not notice one either. */
    private static void park(long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        genuine.close();
    }
}
