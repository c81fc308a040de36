package org.dray.hammer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What this process holds of the machine.
 *
 * @param descriptors open files by name, without those of the class path, which the JDK opens when it likes
 * @param threads by name, without the JVM's compilers and collectors, which come and go
 * @param files that this process has in the shared directory
 * @param shared mappings of files of that directory by name, also of deleted ones
 * @param mappings all mappings
 * @param virtualKilobytes address space
 * @param residentKilobytes memory
 * @param heapKilobytes live objects
 */
record Footprint(
        Map<String, Integer> descriptors,
        Map<String, Integer> threads,
        Map<String, Integer> files,
        Map<String, Integer> shared,
        int mappings,
        long virtualKilobytes,
        long residentKilobytes,
        long heapKilobytes) {
    /** Arenas of malloc, the code cache, the heap and stacks of threads split and merge mappings as they grow. */
    private static final int MAPPINGS = 60;

    private static final long VIRTUAL_KILOBYTES = 160 << 10;
    private static final long HEAP_KILOBYTES = 6 << 10;

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_NANOS = 20_000_000;

    /** Buffers go when the collector has found them: collects until nothing of the directory is mapped any more. */
    static Footprint settled(Path directory) {
        Footprint footprint = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
            footprint = now(directory);
            if (i >= 2 && footprint.shared.isEmpty()) {
                break;
            }
        }
        return footprint;
    }

    static Footprint now(Path directory) {
        try {
            List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
            Map<String, Long> status = status();
            return new Footprint(
                    openDescriptors(),
                    runningThreads(),
                    ownFiles(directory),
                    mapped(maps, directory),
                    maps.size(),
                    status.get("VmSize"),
                    status.get("VmRSS"),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> openDescriptors() throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                String name = target(link).replaceAll("\\[\\d+]|/proc/\\d+", "");
                if (!name.matches(".*\\.jar|/sys/fs/cgroup/.*|.*/modules|/dev/u?random|/fd|")) {
                    found.merge(name, 1, Integer::sum);
                }
            }
        }
        return found;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Map<String, Integer> runningThreads() throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                String name = name(task);
                if (!name.matches("C[12] Compiler.*|GC Thread.*|G1 .*|Attach Listener|Cleaner-.*|")) {
                    found.merge(name, 1, Integer::sum);
                }
            }
        }
        return found;
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException endedMeanwhile) {
            return "";
        }
    }

    private static Map<String, Integer> ownFiles(Path directory) throws IOException {
        String prefix = String.format("%08x", ProcessHandle.current().pid());
        Map<String, Integer> found = new TreeMap<>();
        try (DirectoryStream<Path> own = Files.newDirectoryStream(directory, prefix + "*")) {
            own.forEach(file -> found.merge(file.getFileName().toString(), 1, Integer::sum));
        }
        return found;
    }

    private static Map<String, Integer> mapped(List<String> maps, Path directory) {
        Map<String, Integer> found = new TreeMap<>();
        for (String line : maps) {
            int name = line.indexOf(directory.toString());
            if (name >= 0) {
                found.merge(line.substring(name + directory.toString().length()), 1, Integer::sum);
            }
        }
        return found;
    }

    private static Map<String, Long> status() throws IOException {
        Map<String, Long> numbers = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] parts = line.split(":\\s+| kB", 3);
            if (line.endsWith(" kB")) {
                numbers.put(parts[0], Long.parseLong(parts[1].strip()));
            }
        }
        return numbers;
    }

    /** What has grown by more than the JVM does by itself; empty if nothing has. */
    List<String> growthSince(Footprint before, long toleratedKilobytes) {
        List<String> growth = new ArrayList<>();
        more("descriptors", descriptors, before.descriptors, growth);
        more("threads", threads, before.threads, growth);
        more("files", files, Map.of(), growth);
        more("mappings", shared, Map.of(), growth);
        more("mappings", mappings, before.mappings, MAPPINGS, growth);
        more("KiB of addresses", virtualKilobytes, before.virtualKilobytes, VIRTUAL_KILOBYTES, growth);
        more("KiB of memory", residentKilobytes, before.residentKilobytes, toleratedKilobytes, growth);
        more("KiB of objects", heapKilobytes, before.heapKilobytes, HEAP_KILOBYTES, growth);
        return growth;
    }

    private static void more(String what, long now, long before, long tolerance, List<String> growth) {
        if (now > before + tolerance) {
            growth.add(what + " " + now + " instead of " + before);
        }
    }

    private static void more(String what, Map<String, Integer> now, Map<String, Integer> before, List<String> growth) {
        now.forEach((name, count) -> {
            if (count > before.getOrDefault(name, 0)) {
                growth.add(what + " " + name + " " + count + " instead of " + before.getOrDefault(name, 0));
            }
        });
    }

    @Override
    public String toString() {
        return "descriptors " + sum(descriptors) + " threads " + sum(threads) + " files " + sum(files) + " shared "
                + sum(shared) + " mappings " + mappings + " virtual " + virtualKilobytes + " KiB resident "
                + residentKilobytes + " KiB heap " + heapKilobytes + " KiB";
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
