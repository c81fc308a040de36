package org.dray.internal;

import org.dray.CopyChannel.CancelResult;
import org.dray.spi.BackendException;

/** How a channel's operations come to run. */
interface Runner {

    /** Makes the runner of a channel. */
    interface Making {
        Runner make(ChannelCore channel) throws BackendException;
    }

    /** Something was submitted. Called without the channel's lock. */
    void submitted();

    /** Takes note of what has ended, and starts what may start. Called under the channel's lock. */
    void progress();

    /** Sleeps until there may be something new, or for that long. Called without the channel's lock. */
    void sleep(long timeoutNanos);

    /** Ends a {@link #sleep}, the current one or the next. Called under the channel's lock. */
    void wake();

    /** Tries to end a started operation. Called under the channel's lock. */
    CancelResult cancel(Operation operation);

    /** Releases everything, when nothing is started any more. */
    void close();
}
