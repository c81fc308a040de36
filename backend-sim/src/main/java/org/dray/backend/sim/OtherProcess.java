package org.dray.backend.sim;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    /** A stream, not a channel: an interrupted thread gets an answer too. */
    private static String read(long pid, String name) {
        try (InputStream file = new FileInputStream("/proc/" + pid + "/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
