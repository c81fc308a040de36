package org.dray.tck;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.dray.spi.BackendProvider;

/** The backends on the path. */
final class Providers {
    private Providers() {}

    /** New objects at every call. A provider that cannot be made is none. */
    static Stream<BackendProvider> all() {
        return ServiceLoader.load(BackendProvider.class, Providers.class.getClassLoader()).stream()
                .flatMap(Providers::construct);
    }

    static Optional<BackendProvider> find(String backendId) {
        return all().filter(it -> it.id().equals(backendId)).findFirst();
    }

    static List<String> ids() {
        return all().map(BackendProvider::id).sorted().toList();
    }

    static Optional<String> artifactSha256(BackendProvider provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Sha256.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            return Optional.empty();
        }
    }

    private static Stream<BackendProvider> construct(ServiceLoader.Provider<BackendProvider> provider) {
        try {
            return Stream.of(provider.get());
        } catch (ServiceConfigurationError e) {
            return Stream.empty();
        }
    }
}
