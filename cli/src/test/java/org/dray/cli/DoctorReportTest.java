package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.DrayProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoctorReportTest {
    @AfterEach
    void forgetProperties() {
        System.clearProperty(DrayProperties.REQUIRE);
        System.clearProperty(DrayProperties.DENY);
        System.clearProperty(DrayProperties.CLOSE_TIMEOUT_MILLIS);
    }

    @Test
    void everyBackendOnThePathIsExamined() {
        DoctorReport report = DoctorReport.examine();
        assertThat(report.reports()).extracting(BackendReport::backendId).contains("cma", "sim");
        assertThat(report.engines()).containsKey("sim");
        assertThat(report.isHealthy()).isTrue();
    }

    @Test
    void systemPropertiesAreObeyed() {
        System.setProperty(DrayProperties.DENY, "cma");
        DoctorReport report = DoctorReport.examine();
        assertThat(report.reports())
                .filteredOn(it -> it.backendId().equals("cma"))
                .extracting(BackendReport::state)
                .containsExactly(State.DENIED);
        assertThat(report.engines()).doesNotContainKey("cma");
    }

    @Test
    void anUnknownRequiredBackendIsAProblemAndTheOthersAreExaminedAllTheSame() {
        System.setProperty(DrayProperties.REQUIRE, "nope");
        DoctorReport report = DoctorReport.examine();
        assertThat(report.problem()).hasValueSatisfying(text -> assertThat(text).contains("nope", "sim"));
        assertThat(report.engines()).containsKey("sim");
        assertThat(report.isHealthy()).isFalse();
    }

    @Test
    void aPropertyWithoutSenseIsAProblem() {
        System.setProperty(DrayProperties.CLOSE_TIMEOUT_MILLIS, "soon");
        assertThat(DoctorReport.examine().problem())
                .hasValueSatisfying(text -> assertThat(text).contains("soon"));
    }
}
