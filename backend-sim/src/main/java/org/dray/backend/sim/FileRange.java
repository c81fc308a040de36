package org.dray.backend.sim;

import java.nio.ByteBuffer;
import org.dray.spi.BackendException;

/** A part of a file that plays memory. */
record FileRange(MappedFile file, long offsetBytes, long lengthBytes, boolean persistent) {

    Memory memory() {
        return new BufferMemory(file.slices(offsetBytes, lengthBytes));
    }

    ByteBuffer map(long firstBytes, int countBytes) throws BackendException {
        return file.map(offsetBytes + firstBytes, countBytes);
    }

    void flush(long firstBytes, long countBytes) {
        file.force(offsetBytes + firstBytes, countBytes);
    }
}
