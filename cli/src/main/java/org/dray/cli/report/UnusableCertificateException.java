package org.dray.cli.report;

import java.nio.file.Path;

/** A file is not a certificate, or not one that can be believed. */
public final class UnusableCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableCertificateException(Path file, String reason) {
        super(file + " is not a certificate: " + reason);
    }
}
