package org.dray.backend.knem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What this process holds: descriptors, mappings of files that are no code, and threads. */
final class Traces {
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<String> descriptors;
    private final List<String> mappings;
    private final Set<Thread> threads;

    private Traces() throws IOException {
        this.descriptors = descriptors();
        this.mappings = mappings();
        this.threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    static Traces now() throws IOException {
        return new Traces();
    }

    /** What has come since then and stays, after a while for what ends by itself. */
    List<String> left() throws IOException {
        long startNanos = System.nanoTime();
        List<String> left = since();
        while (!left.isEmpty() && System.nanoTime() - startNanos < SETTLE_NANOS) {
            System.gc(); // ends mappings that only buffers hold
            LockSupport.parkNanos(PAUSE_NANOS);
            left = since();
        }
        return left;
    }

    private List<String> since() throws IOException {
        Traces now = now();
        List<String> left = new ArrayList<>(without(now.descriptors, descriptors));
        left.addAll(without(now.mappings, mappings));
        now.threads.stream()
                .filter(thread -> !threads.contains(thread) && !isOfTheJvm(thread))
                .forEach(thread -> left.add("thread " + thread.getName()));
        return left;
    }

    private static List<String> without(List<String> now, List<String> before) {
        List<String> rest = new ArrayList<>(now);
        before.forEach(rest::remove);
        return rest;
    }

    /** Their targets; a socket or pipe has a number of its own in it, so that one for another is noticed. */
    private static List<String> descriptors() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            for (Path entry : entries.toList()) {
                String target = target(entry);
                if (!target.isEmpty() && !target.startsWith("/proc/") && !target.endsWith(".jar")) {
                    found.add("descriptor of " + target);
                }
            }
        }
        return found;
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** The emulated device's status arrays are memory files. */
    private static List<String> mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.map(line -> line.split("\\s+", 6))
                    .filter(field -> field.length == 6 && field[5].startsWith("/"))
                    .map(field -> field[5])
                    .filter(path -> !path.matches(".*\\.(so|jar|jsa)(\\.[0-9.]*)?") && !path.endsWith("/modules"))
                    .map(path -> "mapping of " + path)
                    .toList();
        }
    }

    private static boolean isOfTheJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null
                || group.getName().equals("system")
                || group.getName().equals("InnocuousThreadGroup")
                || thread.getName().startsWith("junit-");
    }
}
