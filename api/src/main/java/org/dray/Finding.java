package org.dray;

import java.util.Objects;

/**
 * One thing that was checked: what was seen, what is needed, and what somebody can do about it.
 *
 * @param check stable id of the check, for example {@code cma.yama}
 * @param observed what was seen
 * @param needed what is needed instead
 * @param remedy what to do; says so where nothing can be done
 */
public record Finding(String check, String observed, String needed, String remedy) {

    /** Refuses empty texts: a finding without a reason helps nobody. */
    public Finding {
        requireText(check, "check");
        requireText(observed, "observed");
        requireText(needed, "needed");
        requireText(remedy, "remedy");
    }

    private static void requireText(String text, String name) {
        if (Objects.requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException("a finding needs a text for '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return check + ": observed " + observed + "; needed " + needed + "; remedy: " + remedy;
    }
}
