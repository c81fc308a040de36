package org.dray.tck;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.opentest4j.AssertionFailedError;

/** What rules expect, with messages that say what was seen instead. */
final class Expect {
    private Expect() {}

    static void that(boolean condition, String what) {
        if (!condition) {
            throw new AssertionFailedError(what);
        }
    }

    static void same(Object expected, Object actual, String what) {
        if (!expected.equals(actual)) {
            throw new AssertionFailedError(what + " is " + actual + " instead of " + expected, expected, actual);
        }
    }

    /** The text contains each part. */
    static void mentions(String text, Object... parts) {
        for (Object part : parts) {
            that(text.contains(String.valueOf(part)), "'" + part + "' is missing in: " + text);
        }
    }

    static void bytes(byte[] expected, byte[] actual, long offset, String what) {
        String difference = Pattern.difference(expected, actual, offset);
        that(difference.isEmpty(), what + ": " + difference);
    }

    /** The action is refused with exactly this sort of exception; its message is given back. */
    static String refused(Class<? extends RuntimeException> type, String what, Runnable action) {
        try {
            action.run();
        } catch (PeerFailure e) {
            that(e.type().equals(type.getName()), what + ": expected " + type.getName() + ", got " + e.getMessage());
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            if (type.isInstance(e)) {
                return String.valueOf(e.getMessage());
            }
            throw new AssertionFailedError(what + ": expected " + type.getSimpleName() + ", got " + e, e);
        }
        throw new AssertionFailedError(what + ": expected " + type.getSimpleName() + ", but it was accepted");
    }

    /** The action fails with one of these statuses, here or in the other process; the exception is given back. */
    static RuntimeException fails(Set<CopyStatus> statuses, String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            Optional<CopyStatus> status = statusOf(e);
            if (status.isPresent() && statuses.contains(status.get())) {
                return e;
            }
            throw new AssertionFailedError(what + ": expected " + statuses + ", got " + e, e);
        }
        throw new AssertionFailedError(what + ": expected " + statuses + ", but it was OK");
    }

    static RuntimeException fails(CopyStatus status, String what, Runnable action) {
        return fails(EnumSet.of(status), what, action);
    }

    /** Each outcome of a race is one of those allowed. */
    static void outcomes(Iterable<String> outcomes, String... allowed) {
        for (String outcome : outcomes) {
            that(
                    Arrays.asList(allowed).contains(outcome),
                    "an outcome is " + outcome + ", expected one of " + Arrays.toString(allowed));
        }
    }

    private static Optional<CopyStatus> statusOf(RuntimeException e) {
        if (e instanceof CopyException copy) {
            return Optional.of(copy.status());
        }
        return e instanceof PeerFailure failure ? failure.status() : Optional.empty();
    }
}
