package org.dray;

/**
 * An asynchronous queue of copies. Every accepted submit gives exactly one completion.
 *
 * <p><b>Threads.</b> Used by one thread at a time; another thread gets {@link IllegalStateException}. {@link #close}
 * may be called from any thread. The memory of an accepted operation stays reachable until its completion is polled.
 */
public interface CopyChannel extends AutoCloseable {
    /** {@link #submit}: as many operations are outstanding as the channel holds. Poll, then try again. */
    long QUEUE_FULL = -1;

    /** {@link #submit}: the channel was closed. */
    long CHANNEL_CLOSED = -2;

    /** Flag: start only after every earlier operation has ended; if one failed, end NOT_ATTEMPTED. */
    int FENCE = 1;

    /** What a cancellation achieved. */
    enum CancelResult {
        /** No byte moves after this answer; the completion says CANCELLED. */
        CANCELLED,
        /** The operation has ended; its completion tells how. */
        TOO_LATE,
        /** The engine still works on it; a completion, CANCELLED or other, follows. */
        PENDING
    }

    /**
     * Queues a copy. Arguments are checked as {@link CopyEngine#copy} does, and throw the same exceptions.
     *
     * @param source region to read
     * @param sourceOffsetBytes first byte read
     * @param destination region to write
     * @param destinationOffsetBytes first byte written
     * @param lengthBytes number of bytes, 0 or more
     * @param tag handed back with the completion
     * @param flags 0 or {@link #FENCE}
     * @return a sequence number, 0 or more, each one higher than the last; or {@link #QUEUE_FULL} or
     *     {@link #CHANNEL_CLOSED}
     */
    long submit(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes,
            long tag,
            int flags);

    /**
     * Hands over completions. An exception of the handler reaches the caller; later completions stay queued.
     *
     * @param handler receives them
     * @param limit the most to hand over; 0 is allowed
     * @return how many were handed over
     */
    int poll(CompletionHandler handler, int limit);

    /**
     * Sleeps until there is something to poll.
     *
     * @param timeoutNanos the longest sleep
     * @return true if there is a completion to poll
     * @throws InterruptedException if the thread was interrupted; operations go on
     */
    boolean await(long timeoutNanos) throws InterruptedException;

    /**
     * Asks to end one operation.
     *
     * @param sequence what submit gave
     * @return what was achieved; TOO_LATE for an unknown sequence
     */
    CancelResult cancel(long sequence);

    /** Refuses new operations, cancels queued ones, waits for started ones. Completions can still be polled. */
    @Override
    void close();
}
