package org.dray.backend.cma;

import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;

class CmaTckTest extends BackendTck {
    @Override
    protected BackendFixture fixture() {
        return () -> "cma";
    }
}
