package org.dray.internal;

import java.util.Objects;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;

/**
 * Keeps a driver's own channel busy. Whoever calls into the channel moves it on; each operation that the driver has
 * under way holds a cell and its claims like a synchronous copy, and is looked after between its steps in the same way.
 */
final class Pump implements Runner, Completions {
    private static final System.Logger LOG = System.getLogger(Pump.class.getName());
    private static final long STARVED_SLEEP_NANOS = 1_000_000;
    private static final long UNKNOWN = -1;

    private final EngineCore engine;
    private final ChannelCore channel;
    private final DriverChannel driver;
    private final Flight[] flights;
    private final IntRing free;
    private final IntRing landed;

    /** No cell was to be had; a moment later there may be one, and nobody tells. */
    private volatile boolean isStarved;

    Pump(EngineCore engine, ChannelCore channel, DriverChannel driver, int depth) {
        this.engine = engine;
        this.channel = channel;
        this.driver = driver;
        this.flights = new Flight[depth];
        for (int i = 0; i < depth; i++) {
            flights[i] = new Flight();
        }
        this.free = IntRing.full(depth);
        this.landed = new IntRing(depth);
    }

    @Override
    public void submitted() {
        channel.advance();
    }

    @Override
    public void progress() {
        driver.poll(this);
        while (!landed.isEmpty()) {
            goOn(landed.removeFirst());
        }
        isStarved = false;
        while (!free.isEmpty() && !isStarved) {
            Operation operation = channel.next();
            if (operation == null) {
                return;
            }
            start(operation);
        }
    }

    @Override
    public void ended(int name, CopyStatus status, int errno, long bytesDone) {
        Flight flight = name >= 0 && name < flights.length ? flights[name] : null;
        if (flight == null || flight.stepBytes == 0 || flight.hasLanded) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the driver of {0} reported {1}, which is not under way",
                    engine.id(),
                    name);
            return;
        }
        flight.hasLanded = true;
        boolean isPrefix = bytesDone >= 0 && bytesDone <= flight.stepBytes;
        boolean isShort = status == CopyStatus.OK && bytesDone != flight.stepBytes;
        flight.status = isShort ? CopyStatus.IO_ERROR : status;
        flight.errno = errno;
        flight.doneBytes = isPrefix && flight.doneBytes != UNKNOWN ? flight.doneBytes + bytesDone : UNKNOWN;
        landed.add(name);
    }

    private void start(Operation operation) {
        CopyCell cell = engine.dray().cells().tryTakeForChannel();
        if (cell == null) {
            isStarved = true;
            channel.postpone(operation);
            return;
        }
        int name = free.removeFirst();
        Flight flight = flights[name];
        flight.operation = operation;
        flight.cell = cell;
        Root from = operation.fromRoot();
        Root to = operation.toRoot();
        try {
            cell.begin(engine, from, to);
        } catch (IllegalStateException closed) {
            finish(name, CopyStatus.CANCELLED, 0);
            return;
        }
        if (operation.lengthBytes == 0) {
            finish(name, CopyStatus.OK, 0);
            return;
        }
        cell.claim(from, to);
        if (!Copier.isPublished(from) || !Copier.isPublished(to) || !Copier.takeUse(from) || !Copier.takeUse(to)) {
            land(name, CopyStatus.TOKEN_STALE);
            return;
        }
        try {
            DriverRegion source = from.driverRegion(engine);
            DriverRegion destination = to.driverRegion(engine);
            flight.source = source;
            flight.destination = destination;
            flight.longestStepBytes =
                    Copier.isOneStep(source, destination) ? operation.lengthBytes : operation.plan().stepBytes;
            flight.isBackwards = operation.lengthBytes > flight.longestStepBytes
                    && Copier.goesBackwards(
                            from, source, operation.start, to, destination, operation.target, operation.lengthBytes);
        } catch (CopyException e) {
            flight.errno = e.errno();
            land(name, e.status());
            return;
        } catch (RuntimeException | AssertionError e) {
            landFailed(name, e);
            return;
        }
        startStep(name, flight, operation);
    }

    /** What a driver throws must not keep the cell: the region could never be closed. */
    private void landFailed(int name, Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "the driver of " + engine.id() + " failed to start an operation", failure);
        land(name, CopyStatus.IO_ERROR);
    }

    private void startStep(int name, Flight flight, Operation operation) {
        long length = operation.lengthBytes;
        long step = Math.min(flight.longestStepBytes, length - flight.doneBytes);
        long at = flight.isBackwards ? length - flight.doneBytes - step : flight.doneBytes;
        flight.stepBytes = step;
        flight.hasLanded = false;
        DriverRegion source = Objects.requireNonNull(flight.source);
        DriverRegion destination = Objects.requireNonNull(flight.destination);
        try {
            driver.start(name, source, operation.start + at, destination, operation.target + at, step);
        } catch (RuntimeException | AssertionError e) {
            landFailed(name, e);
        }
    }

    /** A step has ended. */
    private void goOn(int name) {
        Flight flight = flights[name];
        Operation operation = Objects.requireNonNull(flight.operation);
        if (flight.status != CopyStatus.OK) {
            land(name, flight.status);
        } else if (flight.doneBytes == operation.lengthBytes) {
            boolean isStale = !isPublished(operation);
            land(name, isStale ? CopyStatus.TOKEN_STALE : CopyStatus.OK);
        } else if (operation.cancelRequested || isClosed(operation)) {
            land(name, CopyStatus.CANCELLED);
        } else if (!isPublished(operation)) {
            land(name, CopyStatus.TOKEN_STALE);
        } else {
            startStep(name, flight, operation);
        }
    }

    private static boolean isPublished(Operation operation) {
        return Copier.isPublished(operation.fromRoot()) && Copier.isPublished(operation.toRoot());
    }

    private boolean isClosed(Operation operation) {
        return engine.isClosed()
                || operation.fromRoot().isClosed()
                || operation.toRoot().isClosed();
    }

    /** Takes the claims back and ends the operation. */
    private void land(int name, CopyStatus status) {
        Operation operation = Objects.requireNonNull(flights[name].operation);
        Objects.requireNonNull(flights[name].cell).unclaim(operation.fromRoot(), operation.toRoot());
        finish(name, status, flights[name].errno);
    }

    private void finish(int name, CopyStatus status, int errno) {
        Flight flight = flights[name];
        Operation operation = Objects.requireNonNull(flight.operation);
        boolean isKnown =
                status == CopyStatus.OK || flight.stepBytes == 0 || (operation.plan().exact && !flight.isBackwards);
        long bytesDone = isKnown ? flight.doneBytes : UNKNOWN;
        Objects.requireNonNull(flight.cell).end();
        flight.free();
        free.add(name);
        channel.end(operation, status, errno, bytesDone);
    }

    @Override
    public CancelResult cancel(Operation operation) {
        for (int name = 0; name < flights.length; name++) {
            if (flights[name].operation == operation) {
                return cancel(name, flights[name], operation);
            }
        }
        return CancelResult.TOO_LATE;
    }

    private CancelResult cancel(int name, Flight flight, Operation operation) {
        CancelResult result = driver.cancel(name);
        if (result == CancelResult.CANCELLED) {
            flight.doneBytes = UNKNOWN;
            land(name, CopyStatus.CANCELLED);
            return result;
        }
        operation.cancelRequested = true;
        boolean isLastStep = flight.doneBytes + flight.stepBytes >= operation.lengthBytes;
        return isLastStep ? result : CancelResult.PENDING;
    }

    @Override
    public void sleep(long timeoutNanos) {
        driver.await(isStarved ? Math.min(timeoutNanos, STARVED_SLEEP_NANOS) : timeoutNanos);
    }

    @Override
    public void wake() {
        driver.wake();
    }

    @Override
    public void close() {
        driver.close();
    }
}
