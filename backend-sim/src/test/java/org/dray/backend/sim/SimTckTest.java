package org.dray.backend.sim;

import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;

class SimTckTest extends BackendTck {
    @Override
    protected BackendFixture fixture() {
        return () -> "sim";
    }
}
