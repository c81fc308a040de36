package org.dray.backend.cma;

import org.dray.CopyStatus;
import org.dray.spi.CopyContext;

/** A copy's context that shows what the driver said. */
final class TestCopy extends CopyContext {
    TestCopy(int index) {
        super(index);
    }

    CopyStatus outcome() {
        return status();
    }

    int errorNumber() {
        return errno();
    }

    String explanation() {
        return detail();
    }
}
