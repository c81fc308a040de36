package org.dray.backend.knem;

import java.lang.ref.Reference;
import java.util.concurrent.locks.LockSupport;
import org.dray.CopyStatus;
import org.dray.linux.Errno;
import org.dray.spi.CopyContext;
import org.dray.spi.DriverRegion;

/**
 * Copies in the calling thread. The driver cuts a copy short at the end of a region and calls that a success; the core
 * lets no copy leave its region, so that here a success is complete.
 */
final class Transfers implements AutoCloseable {
    /** An accepted copy that went wrong; the driver does not say how. */
    static final int FAILED = 1;

    private static final int SPINS = 1000;
    private static final long PAUSE_NANOS = 20_000;

    private final Settings settings;
    private final boolean hasDma;
    private final KnemContext context;
    private final Request[] requests = new Request[CopyContext.COUNT];

    /** Takes over the context; one with a status array if copies may be queued unasked. */
    Transfers(Settings settings, Features features, KnemContext context) {
        this.settings = settings;
        this.hasDma = features.hasDma();
        this.context = context;
        for (int i = 0; i < requests.length; i++) {
            requests[i] = new Request();
        }
    }

    long copy(
            CopyContext copy,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        int slot = copy.index();
        int result = submit(
                requests[slot],
                context,
                0,
                slot,
                source,
                sourceOffsetBytes,
                destination,
                destinationOffsetBytes,
                lengthBytes);
        if (result == 0) {
            result = await(requests[slot], context, slot);
        }
        if (result == 0) {
            return lengthBytes;
        }
        CopyStatus status = statusOf(result, source, destination);
        return copy.fail(status, Math.max(-result, 0), 0, Errors.explain(status));
    }

    /** Hands a copy to the driver: 0 if it is accepted, which {@link Request#status} tells more about. */
    int submit(
            Request request,
            KnemContext at,
            int flags,
            int slot,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        int allFlags = flags | dmaFlags(flags, source, destination, lengthBytes);
        int index = KnemContext.index(slot);
        try {
            if (isNamed(source, lengthBytes) && isNamed(destination, lengthBytes)) {
                return request.copyRegions(
                        at.fd(),
                        source.extents().key(),
                        sourceOffsetBytes,
                        destination.extents().key(),
                        destinationOffsetBytes,
                        lengthBytes,
                        allFlags,
                        index);
            }
            boolean writes = destination instanceof PeerRegion;
            return request.copyInline(
                    at.fd(),
                    writes,
                    writes ? source.extents() : destination.extents(),
                    writes ? sourceOffsetBytes : destinationOffsetBytes,
                    writes ? destination.extents().key() : source.extents().key(),
                    writes ? destinationOffsetBytes : sourceOffsetBytes,
                    lengthBytes,
                    allFlags,
                    index);
        } finally {
            Reference.reachabilityFence(source);
            Reference.reachabilityFence(destination);
        }
    }

    private boolean isNamed(DriverRegion region, long lengthBytes) {
        return !(region instanceof NearRegion near) || (near.isNamed() && lengthBytes >= settings.regionCopyMinBytes());
    }

    /** With several segments the driver may report the end of a DMA copy too early. */
    private int dmaFlags(int flags, DriverRegion source, DriverRegion destination, long lengthBytes) {
        boolean usesDma = hasDma
                && lengthBytes >= settings.dmaMinBytes()
                && source.extents().count() == 1
                && destination.extents().count() == 1;
        if (!usesDma) {
            return 0;
        }
        return (flags & Abi.FLAG_COPY_THREAD) == 0 ? Abi.FLAG_DMA : Abi.FLAG_DMA | Abi.FLAG_DMA_THREAD;
    }

    /** The end of an accepted copy: 0 or {@link #FAILED}. Waits if the driver has queued it, as it may be told to. */
    static int await(Request request, KnemContext at, int slot) {
        int status = request.status();
        for (int i = 0; status == Abi.PENDING; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            status = at.status(slot);
        }
        return status == Abi.SUCCESS ? 0 : FAILED;
    }

    /** What became of a copy that did not succeed. */
    CopyStatus statusOf(int result, DriverRegion source, DriverRegion destination) {
        if (result == FAILED) {
            return hasDma ? CopyStatus.IO_ERROR : CopyStatus.BAD_LOCAL_ADDRESS; // the peer's pages are held
        }
        if (result == -Errno.EINVAL) {
            CopyStatus fate = fate(source);
            fate = fate == CopyStatus.OK ? fate(destination) : fate;
            if (fate != CopyStatus.OK) {
                return fate;
            }
        }
        return Errors.ofCopy(-result);
    }

    private static CopyStatus fate(DriverRegion region) {
        return region instanceof PeerRegion far ? far.peer().fate() : CopyStatus.OK;
    }

    @Override
    public void close() {
        for (Request request : requests) {
            request.close();
        }
        context.close();
    }
}
