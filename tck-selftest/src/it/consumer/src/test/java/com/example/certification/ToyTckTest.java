package com.example.certification;

import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;

class ToyTckTest extends BackendTck {
    @Override protected BackendFixture fixture() { return () -> "toy"; }
}
