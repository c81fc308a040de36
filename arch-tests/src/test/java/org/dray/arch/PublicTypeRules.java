package org.dray.arch;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dray.PlantedLeaksTheCore;
import org.dray.backend.plantedone.PlantedBackend;

/** What the types that others see look like. */
final class PublicTypeRules {
    private static final String PROVIDER = "org.dray.spi.BackendProvider";

    private PublicTypeRules() {}

    static List<GuardedRule> all() {
        return List.of(
                new GuardedRule(
                        codeUnits()
                                .that()
                                .areDeclaredInClassesThat()
                                .resideInAnyPackage("org.dray", "org.dray.spi", "org.dray.linux", "org.dray.tck")
                                .and()
                                .areDeclaredInClassesThat()
                                .arePublic()
                                .and()
                                .arePublic()
                                .should(mentionNoInternalType())
                                .because("a user can name only what is exported"),
                        PlantedLeaksTheCore.class),
                new GuardedRule(
                        classes()
                                .that()
                                .implement(PROVIDER)
                                .and()
                                .resideInAPackage("org.dray.backend..")
                                .should()
                                .bePublic()
                                .andShould()
                                .haveModifier(FINAL)
                                .andShould()
                                .haveSimpleNameEndingWith("Provider")
                                .andShould(haveAPublicConstructorWithoutParameters())
                                .because("ServiceLoader makes them"),
                        PlantedBackend.class));
    }

    private static ArchCondition<JavaCodeUnit> mentionNoInternalType() {
        return new ArchCondition<>("mention no internal type in return or parameters") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                        .map(JavaType::getAllInvolvedRawTypes)
                        .flatMap(Set::stream)
                        .filter(type -> type.getPackageName().contains(".internal"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getFullName() + " mentions " + type.getName())));
            }
        };
    }

    private static ArchCondition<JavaClass> haveAPublicConstructorWithoutParameters() {
        return new ArchCondition<>("have a public constructor without parameters") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean found = type.tryGetConstructor()
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                        .isPresent();
                events.add(new SimpleConditionEvent(type, found, type.getName() + " has none that is public"));
            }
        };
    }
}
