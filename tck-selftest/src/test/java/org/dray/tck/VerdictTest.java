package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.dray.tck.Assessment.TestResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;

/** Certified is only who passed everything: one missing result is enough to lose it. */
class VerdictTest {
    private static final TestResult PASSED = new TestResult(Outcome.PASSED, "", 1);

    /** A run in which every rule passed but one. */
    private static Certificate allPassedBut(Set<Rule> exceptions, List<TestResult> results) {
        Assessment assessment = new Assessment();
        for (Rule rule : Rule.values()) {
            List<TestResult> of = exceptions.contains(rule) ? results : List.of(PASSED);
            Edition.testsOf(rule).forEach(test -> of.forEach(it -> assessment.add(test, it)));
        }
        return Certificates.of("test", assessment, Optional.empty());
    }

    private static Stream<Rule> testable(Level level) {
        return Arrays.stream(Rule.values())
                .filter(it -> it.level() == level && it.whyUntested().isEmpty());
    }

    private static Stream<Rule> musts() {
        return testable(Level.MUST);
    }

    /** Those that apply to an engine which declares nothing. */
    private static Stream<Rule> applicableMusts() {
        return musts().filter(it -> it.closedBy(Set.of()).isEmpty());
    }

    @Test
    void whoPassedEverythingIsCertified() {
        Certificate certificate = allPassedBut(EnumSet.noneOf(Rule.class), List.of());
        assertThat(certificate.verdict()).isEqualTo(Verdict.CERTIFIED);
        assertThat(certificate.verdict().exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("musts")
    void oneMustWithoutAResultIsIncomplete(Rule rule) {
        Certificate certificate = allPassedBut(EnumSet.of(rule), List.of());
        assertThat(EncodingsRun.result(certificate, rule).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @ParameterizedTest
    @MethodSource("musts")
    void oneMustThatFailedOnceIsAFailure(Rule rule) {
        TestResult failed = new TestResult(Outcome.FAILED, "wrong byte", 1);
        assertThat(allPassedBut(EnumSet.of(rule), List.of(PASSED, failed, PASSED))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @ParameterizedTest
    @MethodSource("applicableMusts")
    void oneMustThatAppliesIsNotExcused(Rule rule) {
        TestResult excused = new TestResult(Outcome.NOT_APPLICABLE, "says somebody", 1);
        assertThat(allPassedBut(EnumSet.of(rule), List.of(excused)).verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void aTestThatTimedOutIsNotRun() {
        TestResult judged = Assessment.judge(
                TestExecutionResult.failed(new TimeoutException("three minutes")), Optional.empty(), 180_000);
        assertThat(judged.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(judged.reason()).contains("timed out", "three minutes");
    }

    @Test
    void aShouldThatFailedIsShownAndDoesNotBlock() {
        TestResult failed = new TestResult(Outcome.FAILED, "16 bytes", 1);
        Set<Rule> shoulds = EnumSet.copyOf(testable(Level.SHOULD).toList());
        Certificate certificate = allPassedBut(shoulds, List.of(failed));
        assertThat(certificate.verdict()).isEqualTo(Verdict.CERTIFIED);
        assertThat(certificate.count(Level.SHOULD, Outcome.FAILED)).isEqualTo(shoulds.size());
    }
}
