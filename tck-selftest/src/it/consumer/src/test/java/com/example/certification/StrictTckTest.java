package com.example.certification;

import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;

class StrictTckTest extends BackendTck {
    @Override protected BackendFixture fixture() { return () -> "strict"; }
}
