package org.dray.backend.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be learnt about another process of this pid namespace. Allocates: for the rare case that it is silent. */
final class OtherProcess {
    private OtherProcess() {}

    /** Tells whether {@link #hasUnmapped} can ever be true here. */
    static boolean canTell() {
        return !read(ProcessHandle.current().pid(), "maps").isEmpty();
    }

    /** Tells whether it has ended for certain, also where nobody has collected its exit status yet. */
    static boolean isDead(long pid) {
        return ProcessHandle.of(pid).isEmpty() || read(pid, "stat").contains(") Z ");
    }

    /**
     * Tells whether it runs another program now than when it mapped a file: replacing the program drops every mapping.
     * False where the system does not tell.
     */
    static boolean hasUnmapped(long pid, Path file) {
        String maps = read(pid, "maps");
        return !maps.isEmpty() && !maps.contains(file.getFileName().toString());
    }

    private static String read(long pid, String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), name));
        } catch (IOException e) {
            return "";
        }
    }
}
