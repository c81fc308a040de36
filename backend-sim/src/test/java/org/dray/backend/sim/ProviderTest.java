package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.dray.BackendReport;
import org.dray.Capability;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderTest {
    @AfterEach
    void forgetProperties() {
        System.clearProperty(SimSettings.SPACE_BYTES);
    }

    @Test
    void theSimulatorIsAvailableAndSaysThatItIsASimulation() {
        BackendReport report = new SimProvider().probe();
        assertThat(report.state()).isEqualTo(BackendReport.State.AVAILABLE);
        assertThat(report.machineKind()).isEqualTo(MachineKind.SIMULATED);
    }

    @Test
    void aPropertyThatIsNoNumberMakesItUnavailableAndIsNamed() {
        System.setProperty(SimSettings.SPACE_BYTES, "64M");
        BackendReport report = new SimProvider().probe();
        assertThat(report.state()).isEqualTo(BackendReport.State.UNAVAILABLE);
        assertThat(report.toString()).contains("dray.sim.spaceBytes=64M");
    }

    @Test
    void whatTheSystemLacksIsNotDeclared() {
        EngineInfo info = SimInfo.of(SimSettings.read(), false, false);
        assertThat(info.capabilities())
                .isEqualTo(EnumSet.complementOf(EnumSet.of(Capability.RAW_ADDRESS, Capability.EXEC_DETECTION)));
    }

    @Test
    void aRouteIsDeclaredForEveryPairOfKinds() {
        assertThat(SimInfo.of(SimSettings.read(), true, true).routes()).hasSize(16);
    }
}
