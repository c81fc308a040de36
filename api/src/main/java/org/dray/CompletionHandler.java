package org.dray;

/** Receives completions from {@link CopyChannel#poll}, on the thread that polls and holding no lock. */
@FunctionalInterface
public interface CompletionHandler {
    /**
     * One operation has ended. The handler may submit new operations and may close the channel.
     *
     * @param sequence the number that submit gave
     * @param tag what the caller gave to submit
     * @param status what became of it
     * @param bytesDone bytes copied; -1 if unknown
     * @param errno the system's error number, or 0
     * @param route the route it took
     */
    void onCompletion(long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route);
}
