package org.dray.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a certificate lies. */
final class CertificateFiles {
    private CertificateFiles() {}

    static Path json(Path directory) {
        return directory.resolve("certificate.json");
    }

    static Path html(Path directory) {
        return directory.resolve("certificate.html");
    }

    /** An old certificate must not be taken for the result of a run that ends before it writes its own. */
    static void delete(Path directory) {
        try {
            Files.deleteIfExists(json(directory));
            Files.deleteIfExists(html(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the old certificate in " + directory, e);
        }
    }

    static void write(Certificate certificate, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(html(directory), CertificateHtml.of(certificate));
        Files.writeString(json(directory), CertificateJson.of(certificate));
    }
}
