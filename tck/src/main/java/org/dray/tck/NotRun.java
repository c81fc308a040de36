package org.dray.tck;

import org.opentest4j.TestAbortedException;

/** Something that the rule needs is missing on this machine, or was left out on purpose: nothing is proven. */
final class NotRun extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    NotRun(String reason) {
        super(reason);
    }
}
