package org.dray;

/**
 * An asynchronous queue of copies. Every accepted submit gives exactly one completion.
 *
 * <p><b>Threads.</b> Used by one thread at a time; another thread gets {@link IllegalStateException}. {@link #close}
 * may be called from any thread. The memory of an accepted operation stays reachable until its completion is polled.
 *
 * <p><b>Progress.</b> Where the engine has a queue of its own, what has ended is noticed, and what comes next is
 * started, when the channel is used. Whoever starts operations on a peer's region and then stays away makes the owner's
 * close wait, up to its bound.
 */
public interface CopyChannel extends AutoCloseable {
    /** {@link #submit}: as many operations are outstanding as the channel holds. Poll, then try again. */
    long QUEUE_FULL = -1;

    /** {@link #submit}: the channel was closed. */
    long CHANNEL_CLOSED = -2;

    /**
     * Flag: start only after every earlier operation has ended. If one of those that had not been polled at the time of
     * the submit ends other than OK, this one ends NOT_ATTEMPTED and moves nothing.
     */
    int FENCE = 1;

    /** What a cancellation achieved. */
    enum CancelResult {
        /** No byte moves after this answer; the completion says CANCELLED and can be polled at once. */
        CANCELLED,
        /** The operation has ended; its completion tells how. */
        TOO_LATE,
        /** The engine works on it and ends it where it can; a completion, CANCELLED or other, follows. */
        PENDING
    }

    /**
     * Queues a copy and returns without waiting for it. Arguments are checked as {@link CopyEngine#copy} does, and
     * throw the same exceptions. Operations start in the order of their submission and end in any; without a fence, the
     * later of two may read what the earlier has not yet written. An operation whose region or engine is closed before
     * it starts ends CANCELLED.
     *
     * @param source region to read
     * @param sourceOffsetBytes first byte read
     * @param destination region to write
     * @param destinationOffsetBytes first byte written
     * @param lengthBytes number of bytes, 0 or more
     * @param tag handed back with the completion
     * @param flags 0 or {@link #FENCE}
     * @return a sequence number, 0 or more, higher than those before it, not always by one; or {@link #QUEUE_FULL} or
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
     * Hands over completions, without waiting for any. What an operation wrote is visible to the handler. An exception
     * of the handler reaches the caller; later completions stay queued. Still works when the channel is closed.
     *
     * @param handler receives them
     * @param limit the most to hand over; 0 is allowed
     * @return how many were handed over
     * @throws IllegalArgumentException if the limit is negative
     */
    int poll(CompletionHandler handler, int limit);

    /**
     * Sleeps until there is something to poll. Answers at once if there is, or if nothing is outstanding.
     *
     * @param timeoutNanos the longest sleep; 0 or less only looks
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

    /**
     * Refuses new operations, cancels queued ones, waits for started ones. Completions can still be polled.
     *
     * @throws CopyException with BUSY if a started operation has not ended within the bound of
     *     {@link DrayOptions#closeTimeoutNanos}; close again to wait for it
     */
    @Override
    void close();
}
