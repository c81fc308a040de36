package org.dray.tck;

import org.dray.CompletionHandler;
import org.dray.CopyStatus;
import org.dray.Route;
import org.jspecify.annotations.Nullable;

/** One completion on its way to the handler. Used again and again, because rules count garbage. */
final class Ended {
    long sequence;
    long tag;
    CopyStatus status = CopyStatus.OK;
    long bytes;
    int errno;

    @Nullable
    Route route;

    @SuppressWarnings("NullAway") // it is set before it is handed over
    void to(CompletionHandler handler) {
        handler.onCompletion(sequence, tag, status, bytes, errno, route);
    }

    Ended kept() {
        Ended copy = new Ended();
        copy.sequence = sequence;
        copy.tag = tag;
        copy.status = status;
        copy.bytes = bytes;
        copy.errno = errno;
        copy.route = route;
        return copy;
    }
}
