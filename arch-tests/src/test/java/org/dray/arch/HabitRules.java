package org.dray.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.dray.planted.PlantedLogger;
import org.dray.planted.PlantedMaybeNull;
import org.dray.planted.PlantedPrinter;
import org.dray.planted.PlantedSleeper;
import org.jspecify.annotations.NullMarked;

/** What main code does not do anywhere. */
final class HabitRules {
    private HabitRules() {}

    static List<GuardedRule> all() {
        return List.of(
                new GuardedRule(
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("org.dray.cli..", "org.dray.bench..")
                                .should(ACCESS_STANDARD_STREAMS)
                                .because("a library prints nothing"),
                        PlantedPrinter.class),
                new GuardedRule(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("java.util.logging..")
                                .because("System.Logger leaves the choice to the application"),
                        PlantedLogger.class),
                new GuardedRule(
                        noClasses()
                                .should()
                                .accessTargetWhere(target(name("sleep"))
                                        .and(target(owner(describe("Thread", HabitRules::isThread)))))
                                .because("a fixed pause is too long or too short"),
                        PlantedSleeper.class),
                new GuardedRule(
                        classes()
                                .should(liveInANullMarkedPackage())
                                .because("where null is not written, nobody expects it"),
                        PlantedMaybeNull.class));
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getName() + " lives in an unmarked package"));
            }
        };
    }

    private static boolean isThread(JavaClass owner) {
        return owner.isEquivalentTo(Thread.class);
    }
}
