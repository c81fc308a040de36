package org.dray.backend.knem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dray.linux.Descriptors;
import org.dray.linux.Memory;

/** The contexts and regions of all processes, as the driver lists them where {@code statsverbose} is set. */
final class DeviceContents {
    private static final int BYTES = 1 << 22;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<String> lines;

    private DeviceContents(List<String> lines) {
        this.lines = lines;
    }

    static DeviceContents now() {
        List<String> text = text();
        if (text.stream().noneMatch(line -> line.matches(" Listed \\d+ contexts.*"))) {
            throw new AssertionError("the driver does not list its contexts: load it with statsverbose=1; " + text);
        }
        return new DeviceContents(text.stream()
                .filter(line -> line.startsWith(" Context") || line.startsWith("  Region"))
                .toList());
    }

    private static List<String> text() {
        long address = Memory.allocate(BYTES, Long.BYTES);
        int fd = Descriptors.open(Settings.read().device(), Descriptors.O_RDONLY, 0);
        try {
            byte[] text = new byte[(int) Descriptors.read(fd, address, BYTES)];
            Memory.view(address, BYTES).get(0, text);
            return new String(text, StandardCharsets.US_ASCII).lines().toList();
        } finally {
            Descriptors.close(fd);
            Memory.free(address);
        }
    }

    /** What has come since then and stays, after a while for the driver to notice the end of processes. */
    List<String> left() {
        long startNanos = System.nanoTime();
        List<String> left = since();
        while (!left.isEmpty() && System.nanoTime() - startNanos < SETTLE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
            left = since();
        }
        return left;
    }

    private List<String> since() {
        return now().lines.stream().filter(line -> !lines.contains(line)).toList();
    }
}
