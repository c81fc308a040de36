package org.dray.backend.knem;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.dray.linux.Descriptors;
import org.dray.linux.EventFd;
import org.dray.linux.Memory;

/**
 * Sleeps in {@code poll(2)} until the device has an event. Events are read when their copies were reported, which the
 * status array says without a system call; until then each holds a place in the driver's queue.
 */
final class Readiness implements Waiting {
    /** A thread that was interrupted sleeps on in poll: it looks up so often. */
    private static final int MAX_SLEEP_MILLIS = 10;

    private static final long MILLI_NANOS = 1_000_000;
    private static final int EVENTS_BYTES = KnemChannel.DEPTH * Integer.BYTES;
    private static final int EVENTS = 2 * Descriptors.POLLFD_BYTES;
    private static final int POLLFD_EVENTS = Integer.BYTES;

    private final int deviceFd;
    private final int wakeFd;
    private final long address;
    private volatile boolean isSleeping;
    private int unreadEvents;

    Readiness(KnemContext context) {
        this.deviceFd = context.eventsFd();
        this.wakeFd = EventFd.create(0, EventFd.EFD_NONBLOCK);
        this.address = Memory.allocate(EVENTS + EVENTS_BYTES, Long.BYTES);
        ByteBuffer pollfds = Memory.view(address, EVENTS);
        pollfds.putInt(0, deviceFd).putInt(POLLFD_EVENTS, Descriptors.POLLIN);
        pollfds.putInt(Descriptors.POLLFD_BYTES, wakeFd);
        pollfds.putInt(Descriptors.POLLFD_BYTES + POLLFD_EVENTS, Descriptors.POLLIN);
    }

    @Override
    public void await(BooleanSupplier isDue, long timeoutNanos) {
        isSleeping = true;
        if (!isDue.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            long millis = Math.min(timeoutNanos / MILLI_NANOS, MAX_SLEEP_MILLIS);
            Descriptors.pollAll(address, 2, (int) millis);
            if (millis == 0 && !isDue.getAsBoolean()) {
                LockSupport.parkNanos(timeoutNanos);
            }
        }
        isSleeping = false;
        EventFd.drain(wakeFd);
    }

    @Override
    public void wake() {
        EventFd.signal(wakeFd, 1);
    }

    @Override
    public void wakeWaiter() {
        if (isSleeping) {
            wake();
        }
    }

    /** The driver stores the status before it queues the event, so that one may be missing yet. */
    @Override
    public void reported(int count) {
        unreadEvents += count;
        if (unreadEvents > 0) {
            long bytes = Descriptors.tryRead(deviceFd, address + EVENTS, (long) unreadEvents * Integer.BYTES);
            unreadEvents -= bytes < 0 ? 0 : (int) (bytes / Integer.BYTES);
        }
    }

    @Override
    public void close() {
        Descriptors.close(wakeFd);
        Memory.free(address);
    }
}
