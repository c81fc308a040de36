package org.dray.tck;

import java.util.List;
import java.util.Optional;
import org.dray.CopyException;
import org.dray.CopyStatus;

/** An exception that another process answered with. */
final class PeerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String status;

    private PeerFailure(String type, String status, String message) {
        super("in the other process: " + message);
        this.type = type;
        this.status = status;
    }

    static List<String> words(Throwable thrown) {
        String status = thrown instanceof CopyException e ? e.status().name() : "";
        return List.of(thrown.getClass().getName(), status, thrown.toString());
    }

    static PeerFailure of(List<String> words) {
        return new PeerFailure(words.get(0), words.get(1), words.get(2));
    }

    /** The class name of the exception there. */
    String type() {
        return type;
    }

    Optional<CopyStatus> status() {
        return status.isEmpty() ? Optional.empty() : Optional.of(CopyStatus.valueOf(status));
    }
}
