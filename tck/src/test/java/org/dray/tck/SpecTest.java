package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dray.Capability;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules in code, the contract on paper and the tests are one list. */
class SpecTest {
    private static final Pattern ENTRY = Pattern.compile(
            "<a id=\"([A-Z]+-\\d\\d)\"></a>\\n\\*\\*([A-Z]+-\\d\\d)\\*\\* \\((MUST|SHOULD)[^)]*\\) (.+)\\n\\n> (.+)\\n");

    private static List<MatchResult> spec() throws IOException {
        return ENTRY.matcher(Files.readString(Path.of("../docs/SPEC.md")))
                .results()
                .toList();
    }

    private static Stream<Method> tests() {
        return Arrays.stream(BackendTck.class.getDeclaredClasses())
                .filter(it -> it.isAnnotationPresent(Nested.class))
                .flatMap(it -> Arrays.stream(it.getSuperclass().getDeclaredMethods()))
                .filter(it -> it.isAnnotationPresent(Verifies.class));
    }

    @Test
    void specListsTheRulesOfTheEnumInTheSameOrder() throws IOException {
        assertThat(spec().stream().map(it -> it.group(1)))
                .isEqualTo(Arrays.stream(Rule.values()).map(Rule::id).toList());
    }

    @Test
    void specSaysWhatTheEnumSays() throws IOException {
        assertThat(spec()).allSatisfy(entry -> {
            Rule rule = Rule.valueOf(entry.group(1).replace('-', '_'));
            assertThat(entry.group(2)).isEqualTo(entry.group(1));
            assertThat(entry.group(3)).isEqualTo(rule.level().name());
            assertThat(entry.group(4)).isEqualTo(rule.statement());
            assertThat(entry.group(5)).as("intent of " + rule.id()).hasSizeGreaterThan(18);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasTestsOrSaysWhyNot(Rule rule) {
        boolean tested = tests().anyMatch(it -> it.getAnnotation(Verifies.class).value() == rule);
        assertThat(tested).isEqualTo(rule.whyUntested().isEmpty());
        assertThat(Edition.testsOf(rule).isEmpty()).isNotEqualTo(tested);
    }

    @Test
    void testsAreFinalAndCarryTheirRulesIdInTheirName() {
        assertThat(tests()).isNotEmpty().allSatisfy(it -> {
            String id = it.getAnnotation(Verifies.class).value().id();
            assertThat(it.getName()).startsWith(id.replace("-", "").toLowerCase(Locale.ROOT) + "_");
            assertThat(Modifier.isFinal(it.getModifiers())).as(it.getName()).isTrue();
            assertThat(it.getDeclaringClass().getSimpleName()).endsWith("Rules");
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyCapabilityHasRulesForHavingItAndForNotHavingIt(Capability capability) {
        Gate.Closed undeclared = new Gate.Closed(capability.name(), false);
        Gate.Closed declared = new Gate.Closed(capability.name(), true);
        assertThat(Rule.values()).anyMatch(it -> it.covers(undeclared));
        assertThat(Rule.values()).anyMatch(it -> it.covers(declared));
    }
}
