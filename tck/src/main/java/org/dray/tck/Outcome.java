package org.dray.tck;

/** What became of a rule in one run. */
public enum Outcome {
    /** Every test of the rule was green, and the kit saw each body finish. */
    PASSED,
    /** The rule does not apply to what the engine declares, and the opposite rule has passed. */
    NOT_APPLICABLE,
    /** The kit has no test for the rule, and says why. */
    UNTESTED,
    /** No result: left out, disabled, hidden, timed out, or something that it needs is missing on this machine. */
    NOT_RUN,
    /** A test was red, a leak was found, or a failure was seen that somebody swallowed. */
    FAILED
}
