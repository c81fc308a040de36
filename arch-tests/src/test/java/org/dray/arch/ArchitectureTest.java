package org.dray.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    static Stream<GuardedRule> rules() {
        return Stream.of(
                        DependencyRules.all(),
                        NativeCodeRules.all(),
                        PublicTypeRules.all(),
                        HabitRules.all(),
                        TckRules.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void everyModuleKeeps(GuardedRule guarded) {
        guarded.rule().check(Classes.OF_ALL_MODULES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void thePlantedViolationIsReportedBy(GuardedRule guarded) {
        List<String> report =
                guarded.rule().evaluate(Classes.PLANTED).getFailureReport().getDetails();
        assertThat(report)
                .anySatisfy(line -> assertThat(line).contains(guarded.planted().getName()));
    }
}
