package org.dray.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What lies in the directories of a run. */
final class Directories {
    private Directories() {}

    /** Names of the files in a directory and the ones in it, sorted; none if there is no such directory. */
    static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.walk(directory)) {
            return entries.filter(it -> !Files.isDirectory(it))
                    .map(it -> it.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of("unreadable: " + e);
        }
    }

    /** Removes a directory and everything below as far as that is possible. */
    static void delete(Path directory) {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> entries = Files.walk(directory)) {
                entries.sorted(Comparator.reverseOrder()).forEach(Directories::deleteFile);
            } catch (IOException e) {
                directory.toFile().deleteOnExit();
            }
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
