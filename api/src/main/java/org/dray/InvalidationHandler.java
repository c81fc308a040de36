package org.dray;

/** Receives events from {@link InvalidationNotifier#poll}, on the thread that polls and holding no lock. */
@FunctionalInterface
public interface InvalidationHandler {
    /**
     * Watched memory has changed. The watch is invalid already when this is called.
     *
     * @param watchId {@link Watch#id} of the watch; ids are never reused
     * @param cause why
     * @param offsetBytes first byte of the change within the watched range
     * @param lengthBytes number of bytes changed within the watched range
     */
    void onInvalidation(long watchId, ChangeCause cause, long offsetBytes, long lengthBytes);
}
