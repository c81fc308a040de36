package org.dray.spi;

import org.dray.CopyStatus;

/** Told by {@link DriverChannel#poll} what has ended. */
@FunctionalInterface
public interface Completions {
    /**
     * An operation has ended and its name is free again.
     *
     * @param operation the name that it was started with
     * @param status what became of it; OK if all its bytes were moved
     * @param errno the system's error number, or 0
     * @param bytesDone exact length of the prefix that was moved; ignored where the route reports NONE
     */
    void ended(int operation, CopyStatus status, int errno, long bytesDone);
}
