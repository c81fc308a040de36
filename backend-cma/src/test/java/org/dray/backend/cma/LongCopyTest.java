package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import org.dray.Access;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.junit.jupiter.api.Test;

/** One system call moves 2 147 479 552 bytes at most. */
class LongCopyTest extends DriverTest {
    private static final int PART_BYTES = 32 << 20;
    private static final int PARTS = 65;

    /** Without two gibibytes of memory: the source is not touched, and the destination is one buffer many times. */
    @Test
    void copyGoesOnBehindTheKernelsLimit() throws BackendException {
        long lengthBytes = (long) PARTS * PART_BYTES;
        DriverRegion source = driver.allocate(lengthBytes, Access.READ_WRITE);
        source.map(lengthBytes - 1, 1).put(0, (byte) 42);
        ByteBuffer part = ByteBuffer.allocateDirect(PART_BYTES);
        part.put(0, (byte) 1);
        DriverRegion destination = driver.wrap(LocalMemory.ofBuffers(Collections.nCopies(PARTS, part)));

        assertThat(driver.copy(copy, far(source.extents()), 0, destination, 0, lengthBytes))
                .isEqualTo(lengthBytes);

        assertThat(part.get(0)).isZero();
        assertThat(part.get(PART_BYTES - 1)).isEqualTo((byte) 42);
        source.close();
    }
}
