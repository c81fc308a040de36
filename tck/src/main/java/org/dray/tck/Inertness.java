package org.dray.tck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.dray.spi.BackendProvider;

/** What each provider brought with it when it was constructed for the first time in this process. */
record Inertness(Map<String, List<String>> broughtBy) {

    static Inertness measure() {
        // Looking for the first time opens something itself.
        Traces.withLibraries();
        Map<String, List<String>> brought = new HashMap<>();
        ServiceLoader.load(BackendProvider.class, Inertness.class.getClassLoader()).stream()
                .forEach(it -> {
                    Traces before = Traces.withLibraries();
                    BackendProvider provider = it.get();
                    brought.put(
                            provider.id(),
                            Stream.concat(before.since().stream(), before.librariesSince().stream())
                                    .toList());
                });
        return new Inertness(brought);
    }

    String of(String backendId) {
        return String.join(", ", broughtBy.getOrDefault(backendId, List.of("the provider was not found")));
    }
}
