package org.dray.arch;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The modules of this project as they lie on the class path. */
final class Modules {
    private static final String DESCRIPTOR = "module-info.class";

    private static final Map<String, Artifact> BY_NAME = find();

    private Modules() {}

    /** A module's descriptor, and what its META-INF/services says about backends. */
    record Artifact(ModuleDescriptor descriptor, Set<String> servicesFile) {}

    static Map<String, Artifact> all() {
        return BY_NAME;
    }

    static Map<String, Artifact> backends() {
        return BY_NAME.entrySet().stream()
                .filter(module -> module.getKey().startsWith(DescriptorRules.BACKEND))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Artifact> find() {
        Map<String, Artifact> found = new TreeMap<>();
        try {
            for (URL url : Collections.list(Modules.class.getClassLoader().getResources(DESCRIPTOR))) {
                try (InputStream in = url.openStream()) {
                    ModuleDescriptor descriptor = ModuleDescriptor.read(in);
                    if (descriptor.name().startsWith("org.dray")) {
                        found.put(descriptor.name(), new Artifact(descriptor, servicesBeside(url)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Set<String> servicesBeside(URL descriptor) throws IOException {
        URL file = new URL(descriptor, "META-INF/services/" + DescriptorRules.SERVICE);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toSet());
        } catch (FileNotFoundException e) {
            return Set.of();
        }
    }
}
