package org.dray.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a directory lies on a file system from which nothing may be executed: the loader's message never
 * says so.
 */
final class Mounts {
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 5;

    private Mounts() {}

    static @Nullable String noexecHint(Path directory) {
        try {
            List<String> mountinfo = Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1);
            return isNoexec(mountinfo, directory.toRealPath())
                    ? directory + " is on a file system mounted noexec: set -D" + LinuxLibrary.DIRECTORY_PROPERTY
                            + " to a directory from which programs may run"
                    : null;
        } catch (IOException e) {
            return null; // the hint is lost, the error it would explain is kept
        }
    }

    /**
     * The mount that holds the directory has the longest mount point above it; of several on one point the last is on
     * top.
     */
    static boolean isNoexec(List<String> mountinfo, Path directory) {
        int depth = -1;
        boolean noexec = false;
        for (String line : mountinfo) {
            String[] fields = line.split(" ", -1);
            Path mountPoint = Path.of(unescape(fields[MOUNT_POINT]));
            if (directory.startsWith(mountPoint) && mountPoint.getNameCount() >= depth) {
                depth = mountPoint.getNameCount();
                noexec = List.of(fields[OPTIONS].split(",", -1)).contains("noexec");
            }
        }
        return noexec;
    }

    /** The kernel writes blanks and backslashes in names as octal numbers. */
    private static String unescape(String name) {
        return name.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
