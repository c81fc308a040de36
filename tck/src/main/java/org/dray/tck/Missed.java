package org.dray.tck;

import org.opentest4j.TestAbortedException;

/**
 * Ends the test of a SHOULD that does not hold. The certificate says FAILED; the build goes on, because a SHOULD does
 * not block, and some of them depend on how busy the machine is.
 */
final class Missed extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    Missed(Throwable failure) {
        super(failure.getMessage() == null ? failure.toString() : failure.getMessage(), failure);
    }
}
