package org.dray.internal.directory;

/** The region that was asked for is not published any more. */
public final class StaleException extends Exception {
    private static final long serialVersionUID = 1L;

    StaleException(String message) {
        super(message);
    }
}
