package org.dray.spi;

import java.util.List;
import org.dray.CopyStatus;
import org.dray.Finding;

/** The system refused something that a driver tried. The core turns it into a {@link org.dray.CopyException}. */
public final class BackendException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CopyStatus status;
    private final int errno;
    private final transient List<Finding> findings;

    /**
     * Makes an exception.
     *
     * @param status what happened; not OK
     * @param errno the system's error number, or 0
     * @param message which call, with which numbers
     * @param findings causes with remedies, possibly none
     */
    public BackendException(CopyStatus status, int errno, String message, List<Finding> findings) {
        super(message);
        this.status = status;
        this.errno = errno;
        this.findings = List.copyOf(findings);
    }

    /**
     * What happened.
     *
     * @return the status
     */
    public CopyStatus status() {
        return status;
    }

    /**
     * The system's error number.
     *
     * @return errno, or 0
     */
    public int errno() {
        return errno;
    }

    /**
     * Causes with remedies.
     *
     * @return possibly none
     */
    public List<Finding> findings() {
        return findings;
    }
}
