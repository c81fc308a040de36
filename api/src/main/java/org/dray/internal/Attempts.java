package org.dray.internal;

import org.jspecify.annotations.Nullable;

/** Steps that are all tried, whatever becomes of the others. Not thread-safe. */
final class Attempts {
    private @Nullable RuntimeException first;

    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    /** Notes what failed in the exception that is thrown anyway. */
    void finishIn(RuntimeException thrown) {
        if (first != null) {
            thrown.addSuppressed(first);
        }
    }

    /** Throws what failed first; the other failures are suppressed in it. */
    void finish() {
        if (first != null) {
            throw first;
        }
    }
}
