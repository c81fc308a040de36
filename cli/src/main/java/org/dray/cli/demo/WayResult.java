package org.dray.cli.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How one way of transfer did.
 *
 * @param way id of the backend, possibly with {@link #ALLOCATED}, or of the kind of stream
 * @param kind what stands behind it
 * @param route the route that bytes took, in words; empty if it did not come to that
 * @param byteSize bytes of one transfer
 * @param nanos what each transfer took, without the warm-up
 * @param outcome how it ended
 * @param problem what went wrong; empty if nothing
 */
public record WayResult(
        String way,
        WayKind kind,
        String route,
        long byteSize,
        List<Long> nanos,
        Outcome outcome,
        Optional<String> problem) {

    /** How the name of a way ends whose file lies in memory that the engine allocated. */
    public static final String ALLOCATED = "-allocated";

    /** How a way ended. */
    public enum Outcome {
        /** Every transfer brought the right bytes. */
        VERIFIED,
        /** A transfer broke off, or brought wrong bytes. */
        FAILED,
        /** The two processes could not be connected this way. */
        NOT_CONNECTED
    }

    /** Copies the list. */
    public WayResult {
        nanos = List.copyOf(nanos);
    }

    /** The time in the middle; the lower one of two. Empty if nothing was timed, or a transfer went wrong. */
    public OptionalLong medianNanos() {
        return outcome != Outcome.VERIFIED
                ? OptionalLong.empty()
                : nanos.stream()
                        .mapToLong(Long::longValue)
                        .sorted()
                        .skip((nanos.size() - 1) / 2)
                        .findFirst();
    }

    /** At the median; GiB are 2^30 bytes. */
    public OptionalDouble gibibytesPerSecond() {
        OptionalLong median = medianNanos();
        return median.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(byteSize / (double) (1 << 30) * 1e9 / Math.max(1, median.getAsLong()));
    }
}
