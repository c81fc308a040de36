package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.backend.sim.model.DeviceModel;
import org.dray.spi.Completions;
import org.dray.spi.CopyContext;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/**
 * A queue of the simulated device. A {@link DeviceModel} says which operation ends when; at that moment its bytes move.
 * In real time a thread of this channel does that; in virtual time whoever polls or waits, so that one thread's run is
 * the same whenever it is repeated: a poll takes a microsecond, and waiting leaps to the next end.
 *
 * <p>Parks instead of waiting on a monitor: that is exact, and allocates nothing.
 */
final class SimChannel implements DriverChannel {
    private static final long POLL_NANOS = 1000;

    private final ByteBuffer window = ByteBuffer.allocateDirect(Mailboxes.WINDOW_BYTES);
    private final Object windowLock = new Object();
    private final SimClock clock;
    private final DeviceModel device;
    private final Flight[] flights;
    private final int[] namesBySlot;
    private final int[] ended;
    private int endedCount;
    private boolean woken;
    private boolean closed;
    private @Nullable Thread mover;
    private volatile @Nullable Thread waiter;

    private enum State {
        FREE,
        QUEUED,
        MOVING,
        ENDED
    }

    /** An operation under way; reused. */
    private static final class Flight extends CopyContext {
        State state = State.FREE;
        int slot;

        @Nullable
        SimRegion source;

        long sourceOffsetBytes;

        @Nullable
        SimRegion destination;

        long destinationOffsetBytes;
        long lengthBytes;
        long movedBytes;

        Flight(int index) {
            super(index);
        }

        void begin(SimRegion from, long fromOffsetBytes, SimRegion to, long toOffsetBytes, long bytes) {
            reset();
            source = from;
            sourceOffsetBytes = fromOffsetBytes;
            destination = to;
            destinationOffsetBytes = toOffsetBytes;
            lengthBytes = bytes;
            state = State.QUEUED;
        }

        void free() {
            source = null;
            destination = null;
            state = State.FREE;
        }

        CopyStatus outcome() {
            return status() == CopyStatus.OK && movedBytes != lengthBytes ? CopyStatus.IO_ERROR : status();
        }

        int errorNumber() {
            return errno();
        }
    }

    SimChannel(SimClock clock, DeviceModel device, int depth) {
        this.clock = clock;
        this.device = device;
        this.flights = new Flight[depth];
        for (int name = 0; name < depth; name++) {
            flights[name] = new Flight(name);
        }
        this.namesBySlot = new int[depth];
        this.ended = new int[depth];
    }

    @Override
    public synchronized void start(
            int operation,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        Flight flight = flights[operation];
        flight.begin(
                (SimRegion) source, sourceOffsetBytes, (SimRegion) destination, destinationOffsetBytes, lengthBytes);
        flight.slot = device.submit(clock.nowNanos(), lengthBytes);
        namesBySlot[flight.slot] = operation;
        if (mover != null) {
            LockSupport.unpark(mover);
        } else if (!clock.isVirtual()) {
            mover = new Thread(null, this::work, "dray-sim-queue", 0, false);
            mover.setDaemon(true);
            mover.setContextClassLoader(null);
            mover.start();
        }
    }

    /** Until the channel is closed: moves what has ended, sleeps until the next end. */
    private void work() {
        while (true) {
            long sleepNanos;
            synchronized (this) {
                if (closed) {
                    return;
                }
                long next = device.nextEndNanos();
                sleepNanos = next == Long.MAX_VALUE ? next : next - clock.nowNanos();
            }
            if (sleepNanos == Long.MAX_VALUE) {
                LockSupport.park();
            } else if (sleepNanos > 0) {
                LockSupport.parkNanos(sleepNanos);
            }
            moveEnded();
        }
    }

    private void moveEnded() {
        for (Flight flight = take(); flight != null; flight = take()) {
            synchronized (windowLock) {
                move(flight);
            }
            land(flight);
        }
    }

    private void move(Flight flight) {
        try {
            flight.movedBytes = SimDriver.move(
                    flight,
                    window,
                    Objects.requireNonNull(flight.source),
                    flight.sourceOffsetBytes,
                    Objects.requireNonNull(flight.destination),
                    flight.destinationOffsetBytes,
                    flight.lengthBytes);
        } catch (InternalError e) {
            // A registered buffer lay over a file that was truncated.
            flight.movedBytes = flight.fail(CopyStatus.BAD_ADDRESS, 0, 0);
        }
    }

    private synchronized @Nullable Flight take() {
        int slot = device.take(clock.nowNanos());
        if (slot == DeviceModel.NONE) {
            return null;
        }
        Flight flight = flights[namesBySlot[slot]];
        flight.state = State.MOVING;
        return flight;
    }

    private void land(Flight flight) {
        synchronized (this) {
            flight.state = State.ENDED;
            ended[endedCount++] = flight.index();
        }
        LockSupport.unpark(waiter);
    }

    @Override
    public void poll(Completions completions) {
        if (clock.isVirtual()) {
            clock.pass(POLL_NANOS);
            moveEnded();
        }
        for (int name = takeEnded(); name >= 0; name = takeEnded()) {
            Flight flight = flights[name];
            completions.ended(name, flight.outcome(), flight.errorNumber(), flight.movedBytes);
        }
    }

    /** The oldest; its name is free from now on, and its outcome stays until it is used again. */
    private synchronized int takeEnded() {
        if (endedCount == 0) {
            return -1;
        }
        int name = ended[0];
        endedCount--;
        System.arraycopy(ended, 1, ended, 0, endedCount);
        flights[name].free();
        return name;
    }

    @Override
    public void await(long timeoutNanos) {
        if (clock.isVirtual()) {
            leap(timeoutNanos);
            return;
        }
        long deadline = System.nanoTime() + timeoutNanos;
        waiter = Thread.currentThread();
        for (long left = timeoutNanos;
                left > 0 && !isDue() && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(left);
            left = deadline - System.nanoTime();
        }
        waiter = null;
    }

    private void leap(long timeoutNanos) {
        synchronized (this) {
            if (endedCount > 0 || woken) {
                woken = false;
                return;
            }
            clock.leap(device.nextEndNanos(), timeoutNanos);
        }
        moveEnded();
    }

    private synchronized boolean isDue() {
        boolean due = endedCount > 0 || woken;
        woken = false;
        return due;
    }

    @Override
    public void wake() {
        synchronized (this) {
            woken = true;
        }
        LockSupport.unpark(waiter);
    }

    @Override
    public synchronized CancelResult cancel(int operation) {
        Flight flight = flights[operation];
        if (flight.state == State.ENDED) {
            return CancelResult.TOO_LATE;
        }
        if (flight.state == State.QUEUED && device.cancel(clock.nowNanos(), flight.slot) == CancelResult.CANCELLED) {
            flight.free();
            return CancelResult.CANCELLED;
        }
        return CancelResult.PENDING;
    }

    @Override
    public void close() {
        Thread moving;
        synchronized (this) {
            closed = true;
            moving = mover;
        }
        boolean interrupted = false;
        while (moving != null && moving.isAlive()) {
            LockSupport.unpark(moving);
            try {
                moving.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
