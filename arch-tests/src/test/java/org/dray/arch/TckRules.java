package org.dray.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import java.util.List;
import org.dray.tck.PlantedAssertions;
import org.dray.tck.PlantedCheck;

/** What the test kit looks like, so that its reports can be read and it burdens nobody. */
final class TckRules {
    private static final String VERIFIES = "org.dray.tck.Verifies";

    private TckRules() {}

    static List<GuardedRule> all() {
        return List.of(
                new GuardedRule(
                        classes()
                                .that()
                                .resideInAPackage("org.dray.tck..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.dray",
                                        "org.dray.spi",
                                        "org.dray.linux",
                                        "org.dray.tck..",
                                        "java..",
                                        "org.jspecify..",
                                        "org.junit..",
                                        "org.opentest4j..",
                                        "com.fasterxml.jackson..",
                                        "com.sun.management")
                                .because("a third party inherits what the kit needs"),
                        PlantedAssertions.class),
                new GuardedRule(
                        methods()
                                .that()
                                .areAnnotatedWith(VERIFIES)
                                .should()
                                .beFinal()
                                .andShould()
                                .haveNameMatching("[a-z]+\\d\\d_.*")
                                .andShould()
                                .beDeclaredInClassesThat()
                                .haveSimpleNameEndingWith("Rules")
                                .because("some reports show the method's name and nothing else"),
                        PlantedCheck.class));
    }
}
