package org.dray.backend.knem;

import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;

class KnemTckTest extends BackendTck {
    @Override
    protected BackendFixture fixture() {
        return () -> "knem";
    }
}
