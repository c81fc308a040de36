package org.dray.tck.faults;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.CopyStatus;
import org.dray.RouteInfo;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;

/** One copy on its way to a driver. */
record Copying(
        CopyDriver genuine,
        CopyContext context,
        RouteInfo route,
        FaultyRegion source,
        long sourceOffsetBytes,
        FaultyRegion destination,
        long destinationOffsetBytes,
        long lengthBytes) {

    long run() {
        return run(lengthBytes);
    }

    private long run(long firstBytes) {
        return firstBytes == 0
                ? 0
                : genuine.copy(
                        context,
                        source.genuine(),
                        sourceOffsetBytes,
                        destination.genuine(),
                        destinationOffsetBytes,
                        firstBytes);
    }

    long runFirst(long bytes) {
        return run(firstBytes(bytes));
    }

    /** A part that is short by one unit at least. */
    long firstBytes(long bytes) {
        long unit = route.alignmentBytes();
        return Math.min(bytes, lengthBytes - 1) / unit * unit;
    }

    /** Copies, and then spoils a byte. */
    long runAndSpoil(long offsetBytes) {
        requireVisible();
        long moved = run();
        if (moved == lengthBytes) {
            spoil(offsetBytes);
        }
        return moved;
    }

    void requireVisible() {
        if (!source.isVisible() && !destination.isVisible()) {
            throw new IllegalStateException(
                    "no byte can be corrupted on " + route.route() + ": neither side is own memory in buffers");
        }
    }

    void spoil(long offsetBytes) {
        long offset = Math.min(offsetBytes, lengthBytes - 1);
        if (destination.isVisible()) {
            long at = destinationOffsetBytes + offset;
            destination.put(at, (byte) ~destination.get(at));
        } else {
            copyWrongUnit(offset);
        }
    }

    /** Copies the unit around a byte once more, from memory in which that byte is wrong. */
    private void copyWrongUnit(long offset) {
        int unit = Math.toIntExact(route.alignmentBytes());
        long start = offset / unit * unit;
        ByteBuffer wrong = ByteBuffer.allocateDirect(unit);
        for (int i = 0; i < unit; i++) {
            wrong.put(i, source.get(sourceOffsetBytes + start + i));
        }
        int index = (int) (offset - start);
        wrong.put(index, (byte) ~wrong.get(index));
        try {
            DriverRegion region = genuine.wrap(LocalMemory.ofBuffers(List.of(wrong)));
            try {
                genuine.copy(context, region, 0, destination.genuine(), destinationOffsetBytes + start, unit);
            } finally {
                region.close();
            }
        } catch (BackendException e) {
            context.fail(CopyStatus.IO_ERROR, e.errno(), lengthBytes, "the fault itself failed: " + e.getMessage());
        }
    }
}
