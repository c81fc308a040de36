package org.dray.tck.faults;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.dray.AddressSpace.Kind;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;

/** A region that knows of what kind it is, and which memory it is made of where that is own memory. */
record FaultyRegion(DriverRegion genuine, Kind kind, Optional<LocalMemory> memory) implements DriverRegion {

    static FaultyRegion of(DriverRegion region) {
        return (FaultyRegion) region;
    }

    /** Own memory that can be reached without the driver. */
    boolean isVisible() {
        return memory.filter(it -> !it.isRaw()).isPresent();
    }

    byte get(long offsetBytes) {
        long[] start = {offsetBytes};
        return segment(start).get((int) start[0]);
    }

    void put(long offsetBytes, byte value) {
        long[] start = {offsetBytes};
        segment(start).put((int) start[0], value);
    }

    /** The segment in which a byte lies; the offset becomes that in the segment. */
    private ByteBuffer segment(long[] offsetBytes) {
        for (ByteBuffer segment : memory.orElseThrow().buffers()) {
            if (offsetBytes[0] < segment.limit()) {
                return segment;
            }
            offsetBytes[0] -= segment.limit();
        }
        throw new IndexOutOfBoundsException("the offset lies " + offsetBytes[0] + " bytes behind the memory");
    }

    @Override
    public Extents extents() {
        return genuine.extents();
    }

    @Override
    public boolean isSpentByCopy() {
        return genuine.isSpentByCopy();
    }

    @Override
    public ByteBuffer map(long offsetBytes, int lengthBytes) throws BackendException {
        return genuine.map(offsetBytes, lengthBytes);
    }

    @Override
    public void flush(long offsetBytes, long lengthBytes) throws BackendException {
        genuine.flush(offsetBytes, lengthBytes);
    }

    @Override
    public void close() {
        genuine.close();
    }
}
