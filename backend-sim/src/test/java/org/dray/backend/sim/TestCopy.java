package org.dray.backend.sim;

import org.dray.CopyStatus;
import org.dray.spi.CopyContext;

/** A copy's context that shows what the driver said. */
final class TestCopy extends CopyContext {
    TestCopy() {
        super(0);
    }

    void forget() {
        reset();
    }

    CopyStatus outcome() {
        return status();
    }
}
