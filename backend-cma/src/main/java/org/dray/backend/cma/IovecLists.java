package org.dray.backend.cma;

import java.nio.ByteBuffer;
import org.dray.linux.Memory;
import org.dray.linux.ProcessVm;
import org.dray.spi.CopyContext;

/**
 * Native scratch memory: for each copy that can run at a time, a list of {@code struct iovec} for either side.
 * Untouched pages cost nothing.
 */
final class IovecLists implements AutoCloseable {
    private static final int LIST_BYTES = ProcessVm.IOV_MAX * ProcessVm.IOVEC_BYTES;
    private static final int TOTAL_BYTES = CopyContext.COUNT * 2 * LIST_BYTES;

    private final long address = Memory.mmapAnonymous(TOTAL_BYTES);
    private final ByteBuffer bytes = Memory.view(address, TOTAL_BYTES);

    long nearAddress(CopyContext context) {
        return address + nearOffset(context);
    }

    long farAddress(CopyContext context) {
        return address + farOffset(context);
    }

    /** Lists the own side of a copy, or as much of it as fits; returns the number of elements. */
    int fillNear(CopyContext context, CmaRegion region, long offsetBytes, long lengthBytes) {
        return region.extents().list(offsetBytes, lengthBytes, bytes, nearOffset(context), ProcessVm.IOV_MAX);
    }

    /** Lists the peer's side. The two lists need not cover equally much: the kernel stops at the end of the shorter. */
    int fillFar(CopyContext context, CmaRegion region, long offsetBytes, long lengthBytes) {
        return region.extents().list(offsetBytes, lengthBytes, bytes, farOffset(context), ProcessVm.IOV_MAX);
    }

    private static int nearOffset(CopyContext context) {
        return context.index() * 2 * LIST_BYTES;
    }

    private static int farOffset(CopyContext context) {
        return nearOffset(context) + LIST_BYTES;
    }

    @Override
    public void close() {
        Memory.munmap(address, TOTAL_BYTES);
    }
}
