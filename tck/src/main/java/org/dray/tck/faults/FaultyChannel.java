package org.dray.tck.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.CopyContext;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** A channel that does what the script of its driver says. Ends of operations pass through {@link #reports}. */
final class FaultyChannel implements DriverChannel, Completions {
    private final FaultyDriver driver;
    private final DriverChannel genuine;
    private final @Nullable Flight[] flights;
    private final Deque<Report> reports = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();

    /** When {@link #poll} has something to do by itself, for whoever waits beside it. */
    private volatile long dueNanos = Long.MAX_VALUE;

    private record Report(int operation, CopyStatus status, int errno, long bytesDone) {}

    /** A report that waits for others. */
    private static final class Held {
        final Report report;
        int others;

        Held(Report report, int others) {
            this.report = report;
            this.others = others;
        }
    }

    /** An operation under way; started later if it has a time for that. */
    private record Flight(Copying copying, Optional<Fault> fault, long startNanos, boolean isStarted) {
        long bytes() {
            return fault.isPresent() && fault.get() instanceof Fault.Shorten shorten
                    ? copying.firstBytes(shorten.bytes())
                    : copying.lengthBytes();
        }
    }

    /** For the copy that spoils a byte. */
    private static final class Aside extends CopyContext {
        Aside() {
            super(0);
        }
    }

    FaultyChannel(FaultyDriver driver, DriverChannel genuine, int depth) {
        this.driver = driver;
        this.genuine = genuine;
        this.flights = new @Nullable Flight[depth];
    }

    @Override
    public void start(
            int operation,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        Copying copying = driver.copying(
                new Aside(), source, sourceOffsetBytes, destination, destinationOffsetBytes, lengthBytes);
        Optional<Fault> fault =
                driver.next(copying.source().kind(), copying.destination().kind(), lengthBytes);
        if (fault.isPresent() && fault.get() instanceof Fault.Fail fail) {
            report(new Report(operation, fail.status(), fail.errno(), 0));
        } else if (fault.isPresent() && fault.get() instanceof Fault.Halt) {
            report(new Report(operation, CopyStatus.DEVICE_HALTED, 0, 0));
        } else if (fault.isPresent() && fault.get() instanceof Fault.Delay delay) {
            long startNanos = System.nanoTime() + delay.time().toNanos();
            flights[operation] = new Flight(copying, fault, startNanos, false);
            dueNanos = Math.min(dueNanos, startNanos);
            genuine.wake();
        } else {
            if (fault.isPresent() && fault.get() instanceof Fault.Corrupt) {
                copying.requireVisible();
            }
            begin(operation, new Flight(copying, fault, 0, true));
        }
    }

    private void begin(int operation, Flight flight) {
        flights[operation] = flight;
        if (flight.bytes() == 0) {
            ended(operation, CopyStatus.OK, 0, 0);
            return;
        }
        Copying copying = flight.copying();
        genuine.start(
                operation,
                copying.source().genuine(),
                copying.sourceOffsetBytes(),
                copying.destination().genuine(),
                copying.destinationOffsetBytes(),
                flight.bytes());
    }

    @Override
    public void poll(Completions completions) {
        beginDue();
        genuine.poll(this);
        if (reports.isEmpty() && isNothingElseUnderWay()) {
            held.forEach(it -> reports.add(it.report));
            held.clear();
        }
        for (Report next = reports.poll(); next != null; next = reports.poll()) {
            completions.ended(next.operation(), next.status(), next.errno(), next.bytesDone());
        }
        dueNanos = nextDueNanos();
    }

    private void beginDue() {
        long now = System.nanoTime();
        for (int operation = 0; operation < flights.length; operation++) {
            Flight flight = flights[operation];
            if (flight != null && !flight.isStarted() && flight.startNanos() - now <= 0) {
                begin(operation, new Flight(flight.copying(), flight.fault(), 0, true));
            }
        }
    }

    private long nextDueNanos() {
        if (!reports.isEmpty() || (!held.isEmpty() && isNothingElseUnderWay())) {
            return Long.MIN_VALUE;
        }
        long next = Long.MAX_VALUE;
        for (Flight flight : flights) {
            if (flight != null && !flight.isStarted()) {
                next = Math.min(next, flight.startNanos());
            }
        }
        return next;
    }

    private boolean isNothingElseUnderWay() {
        for (Flight flight : flights) {
            if (flight != null
                    && !flight.fault().filter(Fault.Drop.class::isInstance).isPresent()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void ended(int operation, CopyStatus status, int errno, long bytesDone) {
        Flight flight = Objects.requireNonNull(flights[operation], "an operation that is under way");
        Report report = new Report(operation, status, errno, bytesDone);
        Fault fault = flight.fault().orElse(null);
        if (fault instanceof Fault.Drop) {
            return;
        }
        flights[operation] = null;
        if (fault instanceof Fault.Reorder reorder) {
            held.add(new Held(report, reorder.others()));
            return;
        }
        if (fault instanceof Fault.Corrupt corrupt && status == CopyStatus.OK) {
            flight.copying().spoil(corrupt.offsetBytes());
        }
        report(report);
        if (fault instanceof Fault.Duplicate) {
            report(report);
        }
    }

    /** Hands over with the next poll, and after it those that had to come after as many as that. */
    private void report(Report report) {
        reports.add(report);
        for (Iterator<Held> waiting = held.iterator(); waiting.hasNext(); ) {
            Held next = waiting.next();
            next.others--;
            if (next.others == 0) {
                waiting.remove();
                reports.add(next.report);
            }
        }
        dueNanos = Long.MIN_VALUE;
        genuine.wake();
    }

    @Override
    public void await(long timeoutNanos) {
        long due = dueNanos;
        if (due == Long.MIN_VALUE) {
            return;
        }
        genuine.await(due == Long.MAX_VALUE ? timeoutNanos : Math.min(timeoutNanos, due - System.nanoTime()));
    }

    @Override
    public void wake() {
        genuine.wake();
    }

    @Override
    public CancelResult cancel(int operation) {
        Flight flight = flights[operation];
        if (flight == null) {
            return CancelResult.TOO_LATE;
        }
        if (flight.fault().filter(Fault.Drop.class::isInstance).isPresent()) {
            return CancelResult.PENDING;
        }
        CancelResult result = flight.isStarted() ? genuine.cancel(operation) : CancelResult.CANCELLED;
        if (result == CancelResult.CANCELLED) {
            flights[operation] = null;
        }
        return result;
    }

    @Override
    public void close() {
        genuine.close();
    }
}
