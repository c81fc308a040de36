package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kit can fail, and by the right rule: for each mutant, the rules that go red are those that the mutant declares.
 * Subclasses share the mutants between them, so that Surefire can run them side by side.
 */
abstract class MutantsTest {
    private static final Set<Rule> SLOW = Set.of(Rule.ASYNC_40, Rule.COPY_09, Rule.ERR_09);

    @ParameterizedTest
    @MethodSource("mutants")
    final void exactlyTheDeclaredRulesGoRed(Mutant mutant) throws IOException {
        Path result = result(mutant);
        Files.deleteIfExists(result);
        MutantRun run = MutantRun.of(mutant, mutant instanceof SlowMutant);

        assertThat(run.with(Outcome.FAILED))
                .as("the red rules of %s", mutant.name())
                .isEqualTo(mutant.broken());
        assertThat(mutant.broken())
                .allSatisfy(rule -> assertThat(run.reason(rule))
                        .startsWith(rule.id() + ": ")
                        .contains("replay: -Ddray.tck.seed=")
                        .doesNotContain("unexpected java.lang.NullPointerException"));
        assertThat(run.with(Outcome.NOT_RUN)).allMatch(rule -> isLeftOut(rule, mutant) || isNotExcused(rule, run));
        assertThat(run.certificate().verdict()).isNotEqualTo(Verdict.CERTIFIED);

        Files.createDirectories(result.getParent());
        Files.writeString(
                result,
                run.durationMillis() + " ms, "
                        + mutant.broken().stream().map(Rule::id).sorted().collect(Collectors.joining(" ")));
    }

    private static boolean isLeftOut(Rule rule, Mutant mutant) {
        return SLOW.contains(rule) && !(mutant instanceof SlowMutant);
    }

    /** A rule that does not apply is not excused if the rule for the opposite case has not passed. */
    private static boolean isNotExcused(Rule rule, MutantRun run) {
        return run.reason(rule).endsWith("and no rule for that case has passed");
    }

    static Path result(Mutant mutant) {
        return Path.of("target", "mutants", "killed", mutant.name());
    }
}
