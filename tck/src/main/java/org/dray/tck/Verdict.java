package org.dray.tck;

/** What a certificate says in one word. */
public enum Verdict {
    /** Every testable MUST is PASSED or NOT_APPLICABLE. */
    CERTIFIED(0),
    /** A MUST is FAILED. */
    FAILED(1),
    /** No MUST is FAILED, but at least one was NOT_RUN: nothing is proven. */
    INCOMPLETE(3);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /**
     * What a process that ran the kit ends with.
     *
     * @return 0, 1 or 3
     */
    public int exitCode() {
        return exitCode;
    }
}
