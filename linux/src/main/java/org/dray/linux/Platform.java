package org.dray.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this JVM runs on, as far as it decides which library fits. */
final class Platform {
    /** The C library that the binaries need at least; the build holds them to it. */
    static final String GLIBC_FLOOR = "2.17";

    private Platform() {}

    /**
     * The library inside the jar. {@code META-INF} is not a package, so module encapsulation never hides it.
     *
     * @throws UnsatisfiedLinkError for an operating system or processor that Dray has no library for
     */
    static String resource(String operatingSystem, String architecture) {
        if (!operatingSystem.equals("Linux")) {
            throw new UnsatisfiedLinkError(
                    "Dray's native library is for Linux, and this JVM runs on " + operatingSystem);
        }
        return "/META-INF/native/linux-" + kernelName(architecture) + "/libdray.so";
    }

    private static String kernelName(String architecture) {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default ->
                throw new UnsatisfiedLinkError(
                        "Dray has native libraries for x86_64 and aarch64, and os.arch is " + architecture);
        };
    }

    /**
     * A hint when this process uses another C library than ours: its loader's own message is a riddle about ELF
     * headers.
     */
    static @Nullable String muslHint() {
        return isMusl(mappings()) ? "this JVM runs on musl, and Dray needs glibc " + GLIBC_FLOOR + " or newer" : null;
    }

    static boolean isMusl(String mappings) {
        return mappings.contains("/ld-musl-");
    }

    private static String mappings() {
        try {
            return Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // the hint is lost, the error it would explain is kept
        }
    }
}
