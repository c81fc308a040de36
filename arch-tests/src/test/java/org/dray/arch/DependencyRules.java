package org.dray.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;
import org.dray.PlantedLibraryInApi;
import org.dray.backend.plantedone.PlantedKnowsAnotherBackend;
import org.dray.backend.plantedone.PlantedKnowsTheTck;
import org.dray.backend.sim.PlantedNativeSimulator;
import org.dray.cli.PlantedKnowsABackend;
import org.dray.cli.PlantedUsesTheSpi;
import org.dray.internal.planted.PlantedLibraryInCore;
import org.dray.linux.PlantedKnowsTheApi;
import org.dray.planted.PlantedJdkInternals;
import org.dray.planted.PlantedUsesTheCore;

/** Which packages may know which. */
final class DependencyRules {
    private DependencyRules() {}

    static List<GuardedRule> all() {
        return List.of(
                new GuardedRule(
                        classes()
                                .that()
                                .resideInAnyPackage("org.dray", "org.dray.spi")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.dray", "org.dray.spi", "org.dray.internal..", "java..", "org.jspecify..")
                                .because("whoever uses the API must not inherit anything with it"),
                        PlantedLibraryInApi.class),
                new GuardedRule(
                        classes()
                                .that()
                                .resideInAPackage("org.dray.internal..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.dray",
                                        "org.dray.spi",
                                        "org.dray.internal..",
                                        "java..",
                                        "jdk.jfr..",
                                        "org.jspecify..")
                                .because("the core belongs to the API"),
                        PlantedLibraryInCore.class),
                new GuardedRule(
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("org.dray", "org.dray.spi", "org.dray.internal..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.dray.internal..")
                                .because("the core may change without notice"),
                        PlantedUsesTheCore.class),
                new GuardedRule(
                        classes()
                                .that()
                                .resideInAPackage("org.dray.linux..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage("org.dray.linux..", "java..", "org.jspecify..")
                                .because("linux knows system calls and nothing above them"),
                        PlantedKnowsTheApi.class),
                new GuardedRule(
                        slices().matching("org.dray.backend.(*)..")
                                .should()
                                .notDependOnEachOther()
                                .because("a deployment chooses each backend on its own"),
                        PlantedKnowsAnotherBackend.class),
                new GuardedRule(
                        noClasses()
                                .that()
                                .resideInAPackage("org.dray.backend.sim..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.dray.linux..")
                                .because("the simulator runs on any operating system"),
                        PlantedNativeSimulator.class),
                new GuardedRule(
                        noClasses()
                                .that()
                                .resideInAPackage("org.dray.backend..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.dray.tck..", "org.dray.emulator..")
                                .because("what tests a backend must not be needed to run it"),
                        PlantedKnowsTheTck.class),
                new GuardedRule(
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("org.dray.backend..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.dray.backend..")
                                .because("backends are found at run time"),
                        PlantedKnowsABackend.class),
                new GuardedRule(
                        noClasses()
                                .that()
                                .resideInAnyPackage("org.dray.cli..", "org.dray.bench..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.dray.spi..")
                                .because("the SPI is for backends, the kit and the core"),
                        PlantedUsesTheSpi.class),
                new GuardedRule(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("sun..", "jdk.internal..", "java.lang.foreign..")
                                .because("Java 17 is the floor, and only what it documents is used"),
                        PlantedJdkInternals.class));
    }
}
