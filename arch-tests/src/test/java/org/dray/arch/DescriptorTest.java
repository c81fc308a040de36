package org.dray.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DescriptorTest {
    static Stream<ModuleDescriptor> modules() {
        return Modules.all().values().stream().map(Modules.Artifact::descriptor);
    }

    static Stream<ModuleDescriptor> modulesWithoutDependencies() {
        return modules()
                .filter(module -> module.name().equals("org.dray")
                        || module.name().equals("org.dray.linux")
                        || module.name().startsWith(DescriptorRules.BACKEND));
    }

    static Stream<Modules.Artifact> backends() {
        return Modules.backends().values().stream();
    }

    @Test
    void everyModuleThatShipsHasADescriptor() {
        assertThat(Modules.all())
                .containsOnlyKeys(
                        "org.dray",
                        "org.dray.linux",
                        "org.dray.backend.sim",
                        "org.dray.backend.cma",
                        "org.dray.backend.knem",
                        "org.dray.tck",
                        "org.dray.bench",
                        "org.dray.cli");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesRequireOnlyWhatLiesBelowThem(ModuleDescriptor module) {
        assertThat(DescriptorRules.arrowsThatPointTheWrongWay(module)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutDependencies")
    void theCoreAndTheBackendsNeedNothingButTheJdk(ModuleDescriptor module) {
        assertThat(DescriptorRules.runTimeDependenciesOutsideOfTheJdk(module)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backendsExportNothingAndAreFoundOnBothPaths(Modules.Artifact backend) {
        assertThat(DescriptorRules.flawsOfABackend(backend.descriptor(), backend.servicesFile()))
                .isEmpty();
    }

    @Test
    void noPackageIsInTwoModules() {
        assertThat(DescriptorRules.packagesInTwoModules(modules().toList())).isEmpty();
    }

    @Test
    void theApiExportsItselfAndTheSpi() {
        assertThat(Modules.all().get("org.dray").descriptor().exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder("org.dray", "org.dray.spi");
    }

    @Test
    void aBackendThatRequiresAnotherIsReported() {
        ModuleDescriptor planted = ModuleDescriptor.newModule("org.dray.backend.planted")
                .requires("org.dray.backend.cma")
                .build();
        assertThat(DescriptorRules.arrowsThatPointTheWrongWay(planted))
                .containsExactly("org.dray.backend.planted requires org.dray.backend.cma");
    }

    @Test
    void aSimulatorThatRequiresLinuxIsReported() {
        ModuleDescriptor planted = ModuleDescriptor.newModule("org.dray.backend.sim")
                .requires("org.dray.linux")
                .build();
        assertThat(DescriptorRules.arrowsThatPointTheWrongWay(planted)).hasSize(1);
    }

    @Test
    void aLibraryInTheApiIsReported() {
        ModuleDescriptor planted =
                ModuleDescriptor.newModule("org.dray").requires("java.sql").build();
        assertThat(DescriptorRules.runTimeDependenciesOutsideOfTheJdk(planted))
                .containsExactly("org.dray requires java.sql");
    }

    @Test
    void aBackendWithEveryFlawIsReported() {
        ModuleDescriptor planted = ModuleDescriptor.newModule("org.dray.backend.planted")
                .requires("org.dray")
                .exports("planted")
                .provides(DescriptorRules.SERVICE, List.of("planted.OneProvider"))
                .build();
        assertThat(DescriptorRules.flawsOfABackend(planted, Set.of("planted.OtherProvider")))
                .containsExactly(
                        "org.dray.backend.planted exports planted",
                        "org.dray.backend.planted does not require org.dray transitively",
                        "org.dray.backend.planted provides [planted.OneProvider],"
                                + " its services file says [planted.OtherProvider]");
    }

    @Test
    void aPackageInTwoModulesIsReported() {
        ModuleDescriptor one =
                ModuleDescriptor.newModule("one").packages(Set.of("shared")).build();
        ModuleDescriptor two =
                ModuleDescriptor.newModule("two").packages(Set.of("shared")).build();
        assertThat(DescriptorRules.packagesInTwoModules(Set.of(one, two))).containsExactly("shared is in [one, two]");
    }
}
