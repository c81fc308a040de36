package org.dray.arch;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static java.lang.module.ModuleDescriptor.Requires.Modifier.TRANSITIVE;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a module's descriptor may say; each rule answers with the complaints it has. */
final class DescriptorRules {
    static final String BACKEND = "org.dray.backend.";
    static final String SERVICE = "org.dray.spi.BackendProvider";

    /** Which modules of ours a module of ours may require; backends are found by prefix. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "org.dray",
            Set.of(),
            "org.dray.linux",
            Set.of(),
            BACKEND + "sim",
            Set.of("org.dray"),
            BACKEND,
            Set.of("org.dray", "org.dray.linux"),
            "org.dray.tck",
            Set.of("org.dray", "org.dray.linux"),
            "org.dray.bench",
            Set.of("org.dray", "org.dray.linux"),
            "org.dray.cli",
            Set.of("org.dray", "org.dray.tck", "org.dray.bench"));

    private DescriptorRules() {}

    static List<String> arrowsThatPointTheWrongWay(ModuleDescriptor module) {
        String family = module.name().startsWith(BACKEND) ? BACKEND : module.name();
        Set<String> allowed = ARROWS.getOrDefault(module.name(), ARROWS.getOrDefault(family, Set.of()));
        return requiredAtRunTime(module).stream()
                .filter(name -> name.startsWith("org.dray") && !allowed.contains(name))
                .map(name -> module.name() + " requires " + name)
                .toList();
    }

    static List<String> runTimeDependenciesOutsideOfTheJdk(ModuleDescriptor module) {
        return requiredAtRunTime(module).stream()
                .filter(name -> !name.startsWith("org.dray") && !name.equals("java.base"))
                .map(name -> module.name() + " requires " + name)
                .toList();
    }

    static List<String> flawsOfABackend(ModuleDescriptor module, Set<String> servicesFile) {
        List<String> flaws = new ArrayList<>();
        module.exports().forEach(export -> flaws.add(module.name() + " exports " + export.source()));
        boolean passesTheApiOn = module.requires().stream()
                .anyMatch(it -> it.name().equals("org.dray") && it.modifiers().contains(TRANSITIVE));
        if (!passesTheApiOn) {
            flaws.add(module.name() + " does not require org.dray transitively");
        }
        Set<String> provided = module.provides().stream()
                .filter(it -> it.service().equals(SERVICE))
                .map(Provides::providers)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        if (provided.isEmpty() || !provided.equals(servicesFile)) {
            flaws.add(module.name() + " provides " + provided + ", its services file says " + servicesFile);
        }
        return flaws;
    }

    static List<String> packagesInTwoModules(Collection<ModuleDescriptor> modules) {
        Map<String, Set<String>> homes = new HashMap<>();
        for (ModuleDescriptor module : modules) {
            module.packages()
                    .forEach(name ->
                            homes.computeIfAbsent(name, any -> new TreeSet<>()).add(module.name()));
        }
        return homes.entrySet().stream()
                .filter(home -> home.getValue().size() > 1)
                .map(home -> home.getKey() + " is in " + home.getValue())
                .toList();
    }

    private static List<String> requiredAtRunTime(ModuleDescriptor module) {
        return module.requires().stream()
                .filter(required -> !required.modifiers().contains(STATIC))
                .map(Requires::name)
                .toList();
    }
}
