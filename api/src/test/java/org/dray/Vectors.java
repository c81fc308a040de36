package org.dray;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Golden vectors in the test resources: hexadecimal digits, blanks ignored, from # on a comment. */
public final class Vectors {
    private Vectors() {}

    public static byte[] read(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no vector " + name);
            }
            String digits = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
                    .collect(Collectors.joining());
            return HexFormat.of().parseHex(digits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes in the form of a vector, for comparing by eye when a test fails. */
    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{16})", "$1\n");
    }
}
