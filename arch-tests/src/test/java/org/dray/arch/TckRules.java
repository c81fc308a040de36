package org.dray.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import java.util.List;
import org.dray.tck.PlantedAssertions;

/** What the test kit looks like, so that its reports can be read and it burdens nobody. */
final class TckRules {
    private TckRules() {}

    static List<GuardedRule> all() {
        return List.of(new GuardedRule(
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
                                "com.sun.management..",
                                "org.jspecify..",
                                "org.junit..",
                                "org.opentest4j..",
                                "com.fasterxml.jackson..")
                        .because("a third party inherits what the kit needs"),
                PlantedAssertions.class));
    }
}
