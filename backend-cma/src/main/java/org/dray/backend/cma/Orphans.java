package org.dray.backend.cma;

/**
 * Memory whose region is closed and whose buffers are not collected yet. Such a buffer is a tiny object that may hold
 * gigabytes, so nothing makes the garbage collector hurry: it is asked here, as the JDK does for its own direct
 * buffers.
 */
final class Orphans {
    private static final long TOLERATED_BYTES = 256L << 20;

    private static long totalBytes;
    private static long collectAtBytes = TOLERATED_BYTES;

    private Orphans() {}

    static synchronized void add(long lengthBytes) {
        totalBytes += lengthBytes;
    }

    /** Whatever survives a collection is in use: the next one waits until there is twice as much. */
    static synchronized void remove(long lengthBytes) {
        totalBytes -= lengthBytes;
        collectAtBytes = Math.max(TOLERATED_BYTES, 2 * totalBytes);
    }

    /** Called before more is mapped. */
    static void relieve() {
        if (isDue()) {
            System.gc();
        }
    }

    private static synchronized boolean isDue() {
        boolean due = totalBytes >= collectAtBytes;
        if (due) {
            collectAtBytes = 2 * totalBytes;
        }
        return due;
    }
}
