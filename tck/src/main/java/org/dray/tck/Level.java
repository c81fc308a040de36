package org.dray.tck;

/** How binding a rule is. */
public enum Level {
    /** A backend that breaks it is not certified. */
    MUST,
    /** A backend that breaks it is certified all the same, and the certificate shows it. */
    SHOULD
}
