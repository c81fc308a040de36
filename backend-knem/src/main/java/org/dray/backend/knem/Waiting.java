package org.dray.backend.knem;

import java.util.function.BooleanSupplier;

/** How a thread sleeps until a queued copy ends. */
interface Waiting extends AutoCloseable {

    /** Sleeps in one thread at a time; may return early. */
    void await(BooleanSupplier isDue, long timeoutNanos);

    /** Ends the current sleep, or the next. */
    void wake();

    /** Ends the current sleep, if there is one: something is due. */
    void wakeWaiter();

    /** So many queued copies were reported. */
    void reported(int count);

    @Override
    void close();
}
