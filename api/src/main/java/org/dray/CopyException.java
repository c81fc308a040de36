package org.dray;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The world, not the caller, prevented a copy, an attach, a registration or a close. Carries everything that a program
 * needs to decide and a person needs to understand.
 *
 * <p>Unchecked, because it crosses interfaces that framework authors do not own. Immutable.
 */
public final class CopyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CopyStatus status;
    private final String engineId;
    private final int errno;
    private final long bytesDone;
    private final transient Optional<Route> route;
    private final transient List<Finding> findings;

    /**
     * Makes an exception.
     *
     * @param status what happened; not OK
     * @param engineId the engine, or {@code dray} where no engine was involved yet
     * @param route the route of the copy, or empty
     * @param errno the system's error number, or 0 where there is none
     * @param bytesDone exact length of the prefix that was copied, or -1 if unknown
     * @param message what happened, where, and with which numbers
     * @param findings what was checked, with remedies; appended to the message
     */
    public CopyException(
            CopyStatus status,
            String engineId,
            Optional<Route> route,
            int errno,
            long bytesDone,
            String message,
            List<Finding> findings) {
        super(text(status, engineId, route, errno, bytesDone, message, findings));
        this.status = status;
        this.engineId = engineId;
        this.route = route;
        this.errno = errno;
        this.bytesDone = bytesDone;
        this.findings = List.copyOf(findings);
    }

    /**
     * Makes an exception for something that is not a copy.
     *
     * @param status what happened; not OK
     * @param engineId the engine, or {@code dray}
     * @param message what happened, where, and with which numbers
     */
    public CopyException(CopyStatus status, String engineId, String message) {
        this(status, engineId, Optional.empty(), 0, -1, message, List.of());
    }

    private static String text(
            CopyStatus status,
            String engineId,
            Optional<Route> route,
            int errno,
            long bytesDone,
            String message,
            List<Finding> findings) {
        if (Objects.requireNonNull(status, "status") == CopyStatus.OK) {
            throw new IllegalArgumentException("OK is not an exception");
        }
        StringBuilder text =
                new StringBuilder(256).append(engineId).append(": ").append(status);
        route.ifPresent(r -> text.append(" on ").append(r));
        text.append(": ").append(message);
        if (bytesDone >= 0) {
            text.append("; bytes done ").append(bytesDone);
        }
        if (errno != 0) {
            text.append("; errno ").append(errno);
        }
        if (!findings.isEmpty()) {
            text.append(findings.stream().map(f -> "\n  - " + f).collect(Collectors.joining()));
        }
        return text.toString();
    }

    /**
     * What happened.
     *
     * @return the status, never OK
     */
    public CopyStatus status() {
        return status;
    }

    /**
     * Which engine it happened on.
     *
     * @return the engine's id, or {@code dray} where no engine was involved yet
     */
    public String engineId() {
        return engineId;
    }

    /**
     * The route of the copy that failed.
     *
     * @return the route; empty if this was not a copy
     */
    public Optional<Route> route() {
        return route == null ? Optional.empty() : route;
    }

    /**
     * The system's error number.
     *
     * @return errno, or 0 if the system gave none
     */
    public int errno() {
        return errno;
    }

    /**
     * How much was copied before it stopped.
     *
     * @return the exact length in bytes of the copied prefix; empty where the route cannot tell
     */
    public OptionalLong bytesDone() {
        return bytesDone < 0 ? OptionalLong.empty() : OptionalLong.of(bytesDone);
    }

    /**
     * What was checked about the cause, each with its remedy.
     *
     * @return the findings, possibly none
     */
    public List<Finding> findings() {
        return findings == null ? List.of() : findings;
    }
}
