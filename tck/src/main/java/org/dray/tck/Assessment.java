package org.dray.tck;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.dray.tck.Certificate.RuleResult;
import org.dray.tck.Ledger.Mark;
import org.junit.platform.engine.TestExecutionResult;

/**
 * Turns what JUnit reported and what the ledger saw into outcomes. Walks the rules and not the results, so that a test
 * that was filtered, disabled or hidden leaves a gap that shows.
 */
final class Assessment {
    private final Map<Method, List<TestResult>> results = new HashMap<>();

    /** One test of one rule. */
    record TestResult(Outcome outcome, String reason, long durationMillis) {}

    void add(Method test, TestResult result) {
        results.computeIfAbsent(test, any -> new ArrayList<>()).add(result);
    }

    /** What one finished test is worth. */
    static TestResult judge(TestExecutionResult junit, Optional<Ledger.Entry> seen, long durationMillis) {
        Mark mark = seen.map(Ledger.Entry::mark).orElse(Mark.STARTED);
        String reason = seen.map(Ledger.Entry::reason).orElse("");
        String thrown = junit.getThrowable().map(Assessment::text).orElse("");
        boolean timedOut =
                junit.getThrowable().filter(TimeoutException.class::isInstance).isPresent();
        Outcome outcome;
        if (timedOut && mark != Mark.FAILED) {
            outcome = Outcome.NOT_RUN;
            reason = "timed out: " + thrown;
        } else if (mark == Mark.FAILED) {
            outcome = Outcome.FAILED;
            boolean isTold = junit.getStatus() == TestExecutionResult.Status.FAILED
                    || junit.getThrowable().filter(Missed.class::isInstance).isPresent();
            reason = isTold ? thrown : "failed in silence: " + reason;
        } else if (junit.getStatus() == TestExecutionResult.Status.FAILED) {
            outcome = Outcome.FAILED;
            reason = thrown;
        } else if (junit.getStatus() == TestExecutionResult.Status.ABORTED) {
            outcome = mark == Mark.NOT_APPLICABLE ? Outcome.NOT_APPLICABLE : Outcome.NOT_RUN;
            reason = reason.isEmpty() ? thrown : reason;
        } else if (mark == Mark.PASSED) {
            outcome = Outcome.PASSED;
        } else {
            outcome = Outcome.NOT_RUN;
            reason = "reported as successful, but the kit did not see the body finish";
        }
        return new TestResult(outcome, reason, durationMillis);
    }

    List<RuleResult> results(Facts facts) {
        Map<Rule, RuleResult> byRule = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            byRule.put(rule, resultOf(rule));
        }
        List<RuleResult> checked = new ArrayList<>();
        byRule.values().forEach(it -> checked.add(withTwin(it, byRule, facts)));
        return checked;
    }

    private RuleResult resultOf(Rule rule) {
        if (rule.whyUntested().isPresent()) {
            return new RuleResult(rule, Outcome.UNTESTED, rule.whyUntested().get(), List.of(), 0);
        }
        List<Method> tests = Edition.testsOf(rule);
        List<TestResult> all = new ArrayList<>();
        for (Method test : tests) {
            all.addAll(results.getOrDefault(
                    test, List.of(new TestResult(Outcome.NOT_RUN, test.getName() + " left no result", 0))));
        }
        TestResult worst = all.stream()
                .max(Comparator.comparing(TestResult::outcome))
                .orElse(new TestResult(Outcome.NOT_RUN, "this edition has no test for it", 0));
        long durationMillis = all.stream().mapToLong(TestResult::durationMillis).sum();
        List<String> names = tests.stream().map(Method::getName).sorted().toList();
        return new RuleResult(rule, worst.outcome(), worst.reason(), names, durationMillis);
    }

    /** A closed gate excuses a rule only if the rule for the opposite case has passed. */
    private static RuleResult withTwin(RuleResult result, Map<Rule, RuleResult> byRule, Facts facts) {
        if (result.outcome() != Outcome.NOT_APPLICABLE) {
            return result;
        }
        Optional<Gate.Closed> closed = result.rule().closedBy(facts.features());
        boolean covered = closed.isPresent()
                && byRule.values().stream()
                        .anyMatch(it ->
                                it.outcome() == Outcome.PASSED && it.rule().covers(closed.get()));
        return covered
                ? result
                : new RuleResult(
                        result.rule(),
                        Outcome.NOT_RUN,
                        result.reason() + ", and no rule for that case has passed",
                        result.tests(),
                        result.durationMillis());
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getName() : message;
    }
}
