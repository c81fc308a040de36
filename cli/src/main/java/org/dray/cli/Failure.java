package org.dray.cli;

/** Something went wrong that was to be expected somewhere. Printed without a stack trace; ends with what to do. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, Exception cause) {
        super(cause.getMessage(), cause);
        this.exitCode = exitCode;
    }

    /** The caller asked for something that cannot be. */
    static Failure usage(Exception cause) {
        return new Failure(ExitCodes.USAGE, cause);
    }

    /** The world prevented it. */
    static Failure failed(Exception cause) {
        return new Failure(ExitCodes.FAILED, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
