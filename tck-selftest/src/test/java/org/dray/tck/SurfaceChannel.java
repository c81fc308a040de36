package org.dray.tck;

import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.Route;
import org.jspecify.annotations.Nullable;

/** A channel that takes wrapped regions; mutants override what they spoil. */
class SurfaceChannel implements CopyChannel {
    final CopyChannel genuine;

    private final Sent sent = new Sent();
    private final Ended ended = new Ended();
    private final CompletionHandler relay = this::relay;

    @Nullable
    private CompletionHandler handler;

    SurfaceChannel(CopyChannel genuine) {
        this.genuine = genuine;
    }

    @Override
    @SuppressWarnings("NullAway") // rules hand over null to see it refused
    public final long submit(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes,
            long tag,
            int flags) {
        sent.source = SurfaceDray.unwrapped(source);
        sent.from = sourceOffsetBytes;
        sent.destination = SurfaceDray.unwrapped(destination);
        sent.to = destinationOffsetBytes;
        sent.bytes = lengthBytes;
        sent.tag = tag;
        sent.flags = flags;
        try {
            return send(sent);
        } finally {
            sent.forget();
        }
    }

    long send(Sent it) {
        return it.to(genuine);
    }

    @Override
    public int poll(CompletionHandler itsHandler, int limit) {
        CompletionHandler outer = handler;
        handler = itsHandler;
        try {
            return genuine.poll(relay, limit);
        } finally {
            handler = outer;
        }
    }

    private void relay(long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route) {
        ended.sequence = sequence;
        ended.tag = tag;
        ended.status = status;
        ended.bytes = bytesDone;
        ended.errno = errno;
        ended.route = route;
        hand(ended);
    }

    void hand(Ended it) {
        if (handler != null) {
            it.to(handler);
        }
    }

    @Override
    public boolean await(long timeoutNanos) throws InterruptedException {
        return genuine.await(timeoutNanos);
    }

    @Override
    public CancelResult cancel(long sequence) {
        return genuine.cancel(sequence);
    }

    @Override
    public void close() {
        genuine.close();
    }
}
