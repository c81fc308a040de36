package org.dray.tck;

import org.opentest4j.AssertionFailedError;

/** A rule was broken. Says which, how, and what replays it. */
final class Violation extends AssertionFailedError {
    private static final long serialVersionUID = 1L;

    Violation(Rule rule, Throwable cause, Effort effort) {
        super(
                rule.id() + ": " + what(cause) + "\n  rule: " + rule.statement() + "\n  replay: " + effort.replay(),
                cause);
    }

    private static String what(Throwable cause) {
        return cause instanceof AssertionError ? String.valueOf(cause.getMessage()) : "unexpected " + cause;
    }
}
