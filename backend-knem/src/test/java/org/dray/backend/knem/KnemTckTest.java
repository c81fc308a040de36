package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;

import org.dray.BackendReport;
import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;
import org.junit.jupiter.api.Test;

class KnemTckTest extends BackendTck {
    @Override
    protected BackendFixture fixture() {
        return () -> "knem";
    }

    /** Without a device no rule would be run, and none would fail. */
    @Test
    void deviceIsThere() {
        assertThat(new KnemProvider().probe().state()).isEqualTo(BackendReport.State.AVAILABLE);
    }
}
