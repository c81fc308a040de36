package org.dray.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaModifier.NATIVE;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.dray.planted.PlantedLoader;
import org.dray.planted.PlantedNative;

/** One class declares natives, one class loads them: one permission is all that a user has to grant. */
final class NativeCodeRules {
    private NativeCodeRules() {}

    static List<GuardedRule> all() {
        return List.of(
                new GuardedRule(
                        methods()
                                .that()
                                .haveModifier(NATIVE)
                                .should()
                                .beDeclaredIn("org.dray.linux.Native")
                                .because("binding a native asks permission of the module that declares it"),
                        PlantedNative.class),
                new GuardedRule(
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName("org.dray.linux.Loader")
                                .should()
                                .accessTargetWhere(target(nameMatching("load|loadLibrary"))
                                        .and(target(owner(describe("System or Runtime", NativeCodeRules::loads)))))
                                .because("System.load asks permission of the module that calls it"),
                        PlantedLoader.class));
    }

    private static boolean loads(JavaClass owner) {
        return owner.isEquivalentTo(System.class) || owner.isEquivalentTo(Runtime.class);
    }
}
