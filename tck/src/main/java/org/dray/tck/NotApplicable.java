package org.dray.tck;

import org.opentest4j.TestAbortedException;

/** The rule does not apply to what the engine declares. */
final class NotApplicable extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    NotApplicable(String reason) {
        super(reason);
    }
}
