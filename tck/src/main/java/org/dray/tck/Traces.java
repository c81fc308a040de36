package org.dray.tck;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process holds: descriptors, threads and native libraries. Descriptors and libraries are told only where there
 * is a {@code /proc}.
 */
final class Traces {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path MAPS = Path.of("/proc/self/maps");

    private final Set<String> descriptors;
    private final Set<Thread> threads;
    private final Set<String> libraries;

    private Traces(Set<String> descriptors, Set<Thread> threads, Set<String> libraries) {
        this.descriptors = descriptors;
        this.threads = threads;
        this.libraries = libraries;
    }

    static Traces now() {
        return new Traces(descriptors(), threads(), Set.of());
    }

    static Traces withLibraries() {
        return new Traces(
                descriptors(),
                threads(),
                maps().filter(it -> it.contains(".so")).collect(Collectors.toSet()));
    }

    /** What has come since then and stays, after a while for what ends by itself; empty if nothing. */
    List<String> left() {
        List<String> left = new ArrayList<>();
        Patience.collectingUntil(SETTLE, () -> {
            left.clear();
            left.addAll(since());
            return left.isEmpty();
        });
        return left;
    }

    /** What has come since then. */
    List<String> since() {
        return Stream.concat(
                        newDescriptors().stream().map(it -> "descriptor " + it),
                        newThreads().stream().map(it -> "thread '" + it.getName() + "'"))
                .toList();
    }

    /** Descriptors that have come since then, each as its number, an arrow and its target. */
    Set<String> newDescriptors() {
        Set<String> now = descriptors();
        now.removeAll(descriptors);
        return now;
    }

    /** Threads that have come since then. */
    Set<Thread> newThreads() {
        Set<Thread> now = threads();
        now.removeAll(threads);
        return now;
    }

    /** Native libraries that have come since then. */
    List<String> librariesSince() {
        Set<String> now = withLibraries().libraries;
        now.removeAll(libraries);
        return List.copyOf(now);
    }

    int descriptorCount() {
        return descriptors.size();
    }

    /** How many mappings the process has of files whose path contains a text. */
    static long mappingsOf(String text) {
        return maps().filter(it -> it.contains(text)).count();
    }

    /** How many mappings the process has; 0 where that cannot be told. */
    static long mappingCount() {
        return maps().count();
    }

    private static Stream<String> maps() {
        try {
            return Files.isReadable(MAPS) ? Files.readAllLines(MAPS).stream() : Stream.empty();
        } catch (IOException noProc) {
            return Stream.empty();
        }
    }

    /** Number and target of each descriptor, without those that the JVM opens when it feels like it. */
    private static Set<String> descriptors() {
        Set<String> found = new TreeSet<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
                for (Path entry : entries) {
                    String target = target(entry);
                    if (!target.isEmpty() && !isOfTheJvm(target)) {
                        found.add(entry.getFileName() + " -> " + target);
                    }
                }
            } catch (IOException noProc) {
                return found;
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

    private static boolean isOfTheJvm(String target) {
        return target.endsWith(".jar")
                || target.endsWith("/modules")
                || target.startsWith("/proc/")
                || target.equals("/dev/random")
                || target.equals("/dev/urandom");
    }

    private static Set<Thread> threads() {
        Set<Thread> found = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!isOfTheJvm(thread)) {
                found.add(thread);
            }
        }
        return found;
    }

    private static boolean isOfTheJvm(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        String name = thread.getName();
        return group == null
                || group.getName().equals("system")
                || group.getName().equals("InnocuousThreadGroup")
                || group.getName().equals("CarrierThreads")
                || name.startsWith("junit-")
                || name.startsWith("ForkJoinPool.commonPool");
    }
}
