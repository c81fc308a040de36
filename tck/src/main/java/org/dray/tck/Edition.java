package org.dray.tck;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** The rules and tests of this version of the kit. */
final class Edition {
    private static final Map<Rule, List<Method>> TESTS = Arrays.stream(BackendTck.class.getDeclaredClasses())
            .filter(group -> group.isAnnotationPresent(Nested.class))
            .flatMap(Edition::methodsOf)
            .filter(method -> Rule.of(method).isPresent())
            .collect(Collectors.groupingBy(method -> Rule.of(method).orElseThrow()));

    private Edition() {}

    /** The tests that must have run before a rule counts as passed: what is missing from a report is not forgotten. */
    static List<Method> testsOf(Rule rule) {
        return TESTS.getOrDefault(rule, List.of());
    }

    static String version() {
        String version = Edition.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    static String ruleSetSha256() {
        return Sha256.of(Arrays.stream(Rule.values()).map(Rule::text).collect(Collectors.joining("\n")));
    }

    private static Stream<Method> methodsOf(Class<?> type) {
        return type == RuleGroup.class || type.getSuperclass() == null
                ? Stream.empty()
                : Stream.concat(Arrays.stream(type.getDeclaredMethods()), methodsOf(type.getSuperclass()));
    }
}
