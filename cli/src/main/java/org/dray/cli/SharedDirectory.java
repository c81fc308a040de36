package org.dray.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dray.DrayOptions;

/** Where {@link DrayOptions#directory} says that the shared files are. */
final class SharedDirectory {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private SharedDirectory() {}

    static String of(DrayOptions options) {
        String path = options.directory().orElseGet(SharedDirectory::byDefault).toString();
        return path.replace("%u", user());
    }

    private static Path byDefault() {
        Path parent = Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("dray-" + user());
    }

    private static String user() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name");
        }
    }
}
