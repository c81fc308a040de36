package org.dray;

/** A range of local memory under watch. All methods may be called from any thread. */
public interface Watch extends AutoCloseable {
    /**
     * Identifies the watch in events.
     *
     * @return never reused within a process
     */
    long id();

    /**
     * Tells whether the memory is still what it was: at most two loads when nothing is happening, no system call, no
     * allocation. Once false, false for ever.
     *
     * @return false if a change was seen, or the notifier cannot be trusted any more
     */
    boolean isValid();

    /** Ends the watch. No event of it is handed over afterwards. */
    @Override
    void close();
}
