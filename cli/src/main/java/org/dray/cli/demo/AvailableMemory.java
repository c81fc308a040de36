package org.dray.cli.demo;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much memory processes can still take without swapping. */
final class AvailableMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String FIELD = "MemAvailable:";

    private AvailableMemory() {}

    /** Bytes; never more than the container has, where there is one. */
    static long bytes() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Math.min(system.getTotalMemorySize(), fromKernel().orElse(system.getFreeMemorySize()));
    }

    /** See proc(5): free memory, and what the kernel would give up for it. */
    private static OptionalLong fromKernel() {
        try (Stream<String> lines = Files.lines(MEMINFO)) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .map(line -> line.substring(FIELD.length()).strip().split(" ", 2)[0])
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty(); // not Linux
        }
    }
}
