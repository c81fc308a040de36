package org.dray.spi;

import org.dray.CopyChannel;

/**
 * A queue of one driver: operations are started and end later, in any order.
 *
 * <p><b>Threads.</b> {@link #start}, {@link #poll}, {@link #cancel} and {@link #close} are called from any thread,
 * never two at once; {@link #await} runs beside them, in one thread at a time; {@link #wake} comes from any thread.
 */
public interface DriverChannel extends AutoCloseable {

    /**
     * Starts an operation and returns without waiting for it. Arguments are checked as for {@link CopyDriver#copy}. At
     * most {@link CopyDriver#queueDepth} operations are under way: started, and neither reported nor cancelled. A
     * failure to start is reported like any other end.
     *
     * @param operation names it; below the queue depth, and of no other operation that is under way
     * @param source region of this driver
     * @param sourceOffsetBytes first byte read
     * @param destination region of this driver
     * @param destinationOffsetBytes first byte written
     * @param lengthBytes number of bytes, 1 to the route's {@code maxTransferBytes}
     */
    void start(
            int operation,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes);

    /**
     * Reports what has ended since the last call, each operation once. Does not wait. What the operation wrote is
     * visible to this thread.
     *
     * @param completions told of each; it may start further operations from inside
     */
    void poll(Completions completions);

    /**
     * Waits until there is something to poll, another thread calls {@link #wake}, this thread is interrupted, or the
     * time is over. May return early for no reason.
     *
     * @param timeoutNanos the longest sleep
     */
    void await(long timeoutNanos);

    /** Ends an {@link #await}, the current one or, if there is none, the next. */
    void wake();

    /**
     * Asks to end an operation that is under way.
     *
     * @param operation which
     * @return CANCELLED: it moves no byte any more and is not reported; TOO_LATE: it has ended and is reported;
     *     PENDING: it goes on and is reported in its time
     */
    CopyChannel.CancelResult cancel(int operation);

    /** Releases everything. Called once, when no operation is under way. */
    @Override
    void close();
}
