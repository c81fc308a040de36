package org.dray.cli.demo;

import java.io.IOException;

/** The demo cannot use the file it was given; the message ends with what to give instead. */
public final class UnusableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
        super(message);
    }
}
