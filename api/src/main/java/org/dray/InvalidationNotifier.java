package org.dray;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * Tells when local memory that was watched is no longer what it was.
 *
 * <p><b>Threads.</b> {@link #watch}, {@link #confirm} and {@link #close} from any thread; {@link #poll} by one thread
 * at a time. Never calls back on a thread of its own. Watching does not keep a buffer reachable.
 */
public interface InvalidationNotifier extends AutoCloseable {

    /** How soon a change shows. Declared for each cause. */
    enum Grade {
        /** Before the changing call returns, for every observer. */
        EXACT,
        /** For whoever is ordered after the return of the changing call; {@link #confirm} for the rest. */
        EXACT_AFTER_RETURN,
        /** Within a bounded time. */
        EVENTUAL,
        /** Only if the caller says so. */
        MANUAL
    }

    /** Whether the notifier itself can be trusted. */
    enum State {
        /** Events arrive. */
        RUNNING,
        /** Events were lost; every watch made before is invalid. */
        OVERFLOW,
        /** The notifier died; every watch is invalid. */
        FAILED,
        /** This process is a fork of the one that opened it; every watch is invalid. */
        FORKED
    }

    /**
     * The id of the backend.
     *
     * @return the id
     */
    String id();

    /**
     * How soon each cause shows. A cause that is missing is not seen at all.
     *
     * @return immutable
     */
    Map<ChangeCause, Grade> grades();

    /**
     * Causes that this notifier knows it cannot see.
     *
     * @return immutable
     */
    Set<ChangeCause> silentCauses();

    /**
     * Whether events can be trusted.
     *
     * @return the state
     */
    State state();

    /**
     * Begins to watch memory.
     *
     * @param memory a direct buffer; watched from position to limit
     * @return a watch that is valid
     * @throws IllegalArgumentException if the buffer is on the heap or empty
     * @throws UnsupportedOperationException if this sort of mapping cannot be watched; the message says why
     * @throws CopyException with RESOURCE_LIMIT if no more can be watched
     */
    Watch watch(ByteBuffer memory);

    /**
     * A stronger test than {@link Watch#isValid}, with one system call: true only if no change has begun, reported or
     * not.
     *
     * @param watch a watch of this notifier
     * @return true if the memory is what it was
     */
    boolean confirm(Watch watch);

    /**
     * Hands over events.
     *
     * @param handler receives them
     * @param limit the most to hand over
     * @return how many were handed over
     */
    int poll(InvalidationHandler handler, int limit);

    /** Ends every watch. */
    @Override
    void close();
}
