package org.dray.backend.knem;

import java.nio.charset.StandardCharsets;
import org.dray.linux.Descriptors;
import org.dray.linux.LinuxException;
import org.dray.linux.Memory;

/** The text that the driver shows to readers. Its descriptor is only ever read: polling it would stop the kernel. */
final class Statistics {
    private static final int BYTES = 256;

    private Statistics() {}

    /** The first line, for example {@code knem 1.1.4}. */
    static String version(String device) {
        long address = Memory.allocate(BYTES, Long.BYTES);
        try {
            int fd = Descriptors.open(device, Descriptors.O_RDONLY, 0);
            try {
                byte[] text = new byte[(int) Descriptors.read(fd, address, BYTES)];
                Memory.view(address, BYTES).get(0, text);
                return new String(text, StandardCharsets.US_ASCII)
                        .lines()
                        .findFirst()
                        .orElse("unknown version");
            } finally {
                Descriptors.close(fd);
            }
        } catch (LinuxException e) {
            return "unknown version (" + e.errnoName() + ")";
        } finally {
            Memory.free(address);
        }
    }
}
