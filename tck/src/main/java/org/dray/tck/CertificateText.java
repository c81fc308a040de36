package org.dray.tck;

import java.util.Locale;
import org.dray.CopyCost;

/** Quantities of a certificate in words. */
final class CertificateText {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private CertificateText() {}

    static String time(long millis) {
        return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    /** A number of bytes, in the largest unit that divides it. */
    static String bytes(long bytes) {
        long left = bytes;
        int unit = 0;
        while (left > 0 && left % 1024 == 0 && unit < UNITS.length - 1) {
            left /= 1024;
            unit++;
        }
        return bytes == 1 ? "1 byte" : left + " " + UNITS[unit];
    }

    static String cost(CopyCost cost) {
        return String.format(Locale.ROOT, "%d ns, then %.1f GB/s", cost.fixedNanos(), cost.bytesPerSecond() / 1e9);
    }
}
