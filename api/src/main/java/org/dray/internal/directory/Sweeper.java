package org.dray.internal.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes what killed processes left in the directory. */
final class Sweeper {
    static final String UNBORN = "-new";
    private static final Duration UNBORN_GRACE = Duration.ofMinutes(1);
    private static final int HEX_DIGITS = 16;

    private Sweeper() {}

    static void sweep(Path directory) throws IOException {
        for (Path alive : list(directory, "*" + Instance.ALIVE)) {
            String name = alive.getFileName().toString();
            if (isOfInstance(name, Instance.ALIVE) && AliveLock.query(alive) == AliveLock.State.FREE) {
                deleteAll(directory, name.substring(0, HEX_DIGITS));
            }
        }
        for (Path unborn : list(directory, "*" + Instance.ALIVE + UNBORN)) {
            if (isOfInstance(unborn.getFileName().toString(), Instance.ALIVE + UNBORN)
                    && isOld(unborn)
                    && AliveLock.query(unborn) == AliveLock.State.FREE) {
                Files.deleteIfExists(unborn);
            }
        }
    }

    /**
     * Deletes every file of an instance. What it has published goes first: whoever misses another file can tell by that
     * one that the instance is closed. The one with the lock goes last, so that a sweep that is interrupted is
     * repeated.
     */
    static void deleteAll(Path directory, String instance) throws IOException {
        Files.deleteIfExists(directory.resolve(instance + Instance.REGIONS));
        for (Path file : list(directory, instance + ".*")) {
            if (!file.getFileName().toString().endsWith(Instance.ALIVE)) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory.resolve(instance + Instance.ALIVE));
    }

    private static boolean isOfInstance(String name, String ending) {
        return name.length() == HEX_DIGITS + ending.length()
                && name.chars().limit(HEX_DIGITS).allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(UNBORN_GRACE));
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(files::add);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }
}
