package org.dray.cli;

/** What the exit code of every command means. */
final class ExitCodes {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INCOMPLETE = 3;

    private ExitCodes() {}
}
