package org.dray.backend.sim;

import java.nio.ByteBuffer;
import org.dray.spi.CopyContext;
import org.dray.spi.DriverRegion;

/**
 * A region of this driver, of any kind, as a copy sees it. A result below the length follows {@link CopyContext#fail}.
 */
interface SimRegion extends DriverRegion {

    /** Moves bytes at an offset into the window, from its index 0 on; returns how many. */
    int read(CopyContext context, long offsetBytes, ByteBuffer window, int lengthBytes);

    /** Moves bytes of the window, from its index 0 on, to an offset; returns how many. */
    int write(CopyContext context, long offsetBytes, ByteBuffer window, int lengthBytes);
}
