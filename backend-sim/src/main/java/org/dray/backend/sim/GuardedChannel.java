package org.dray.backend.sim;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** A channel that takes the declaration at its word, see {@link GuardedDriver}. */
final class GuardedChannel implements DriverChannel, Completions {
    private static final int FREE = 0;
    private static final int UNDER_WAY = 1;

    private final GuardedDriver driver;
    private final DriverChannel genuine;
    private final AtomicIntegerArray states;
    private @Nullable Completions receiver;

    GuardedChannel(GuardedDriver driver, DriverChannel genuine, int depth) {
        this.driver = driver;
        this.genuine = genuine;
        this.states = new AtomicIntegerArray(depth);
    }

    @Override
    public void start(
            int operation,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        GuardedRegion from = GuardedRegion.of(source);
        GuardedRegion to = GuardedRegion.of(destination);
        driver.requireAllowed(from, sourceOffsetBytes, to, destinationOffsetBytes, lengthBytes);
        boolean isName = operation >= 0 && operation < states.length();
        if (!isName || !states.compareAndSet(operation, FREE, UNDER_WAY)) {
            throw new AssertionError("the core started operation " + operation + ", which is under way or no name");
        }
        genuine.start(operation, from.genuine(), sourceOffsetBytes, to.genuine(), destinationOffsetBytes, lengthBytes);
    }

    @Override
    public void poll(Completions completions) {
        receiver = completions;
        genuine.poll(this);
    }

    @Override
    public void ended(int operation, CopyStatus status, int errno, long bytesDone) {
        states.set(operation, FREE);
        if (receiver != null) {
            receiver.ended(operation, status, errno, bytesDone);
        }
    }

    @Override
    public void await(long timeoutNanos) {
        genuine.await(timeoutNanos);
    }

    @Override
    public void wake() {
        genuine.wake();
    }

    @Override
    public CancelResult cancel(int operation) {
        if (states.get(operation) != UNDER_WAY) {
            throw new AssertionError("the core cancels operation " + operation + ", which is not under way");
        }
        CancelResult result = genuine.cancel(operation);
        if (result == CancelResult.CANCELLED) {
            states.set(operation, FREE);
        }
        return result;
    }

    @Override
    public void close() {
        int underWay = 0;
        for (int operation = 0; operation < states.length(); operation++) {
            underWay += states.get(operation);
        }
        genuine.close();
        driver.forget();
        if (underWay > 0) {
            throw new AssertionError("the core closed a channel with " + underWay + " operations under way");
        }
    }
}
