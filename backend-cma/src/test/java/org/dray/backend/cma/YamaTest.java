package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dray.CopyStatus;
import org.dray.PeerId;
import org.dray.spi.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of ptrace_scope, and whom the owner admits. */
class YamaTest extends DriverTest {
    @Test
    void scopeZeroIsNoObstacle() {
        assertThat(Yama.obstacle(0, false)).isEmpty();
    }

    @Test
    void scopeOneAsksTheOwnerToAdmitThisProcess() {
        assertThat(Yama.obstacle(1, false))
                .hasValueSatisfying(
                        finding -> assertThat(finding.remedy()).contains("dray.admit(peer)", "dray.self()"));
    }

    @Test
    void scopeTwoCannotBeSolvedByTheOwner() {
        assertThat(Yama.obstacle(2, false))
                .hasValueSatisfying(finding ->
                        assertThat(finding.remedy()).contains("CAP_SYS_PTRACE").doesNotContain("admit"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void capabilityOvercomesIt(int scope) {
        assertThat(Yama.obstacle(scope, true)).isEmpty();
    }

    @Test
    void scopeThreeIsFinal() {
        assertThat(Yama.obstacle(3, true))
                .hasValueSatisfying(finding -> assertThat(finding.remedy()).contains("boot"));
    }

    @Test
    void neighbourIsAdmitted() {
        PeerId neighbour = TestInstance.withPid(instance.self(), (int)
                ProcessHandle.current().parent().orElseThrow().pid());
        assertThatCode(() -> driver.admit(neighbour)).doesNotThrowAnyException();
    }

    /** To the kernel 0 is nobody, and -1 is everybody. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void numbersThatAreNoPidAreRefused(int pid) {
        assertThatThrownBy(() -> driver.admit(TestInstance.withPid(instance.self(), pid)))
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_FOREIGN));
    }
}
