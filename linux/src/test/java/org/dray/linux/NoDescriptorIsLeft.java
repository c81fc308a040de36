package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After a test the process has the descriptors that it had before, apart from what the JVM itself opens to load
 * classes.
 */
final class NoDescriptorIsLeft implements BeforeEachCallback, AfterEachCallback {
    private static final Pattern OF_THE_JVM = Pattern.compile("/(sys|proc|dev)/.*|.*\\.jar|.*/lib/modules");

    private Map<String, String> before = Map.of();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        before = descriptors();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        assertThat(descriptors()).isEqualTo(before);
    }

    private static Map<String, String> descriptors() throws IOException {
        Map<String, String> descriptors = new TreeMap<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : (Iterable<Path>) links::iterator) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (!OF_THE_JVM.matcher(target).matches()) {
                        descriptors.put(link.getFileName().toString(), target);
                    }
                } catch (IOException e) {
                    continue; // the descriptor of this very listing
                }
            }
        }
        return descriptors;
    }
}
