package org.dray.backend.sim;

import java.nio.ByteBuffer;

/**
 * Bytes of this process with offsets from 0. Ranges are checked by the caller. Any thread; a result below the wanted
 * length is the exact length of the prefix that moved: what follows it is not accessible.
 */
interface Memory {

    /** Moves {@code lengthBytes} bytes at an offset into the window, from its index 0 on. */
    int read(long offsetBytes, ByteBuffer window, int lengthBytes);

    /** Moves {@code lengthBytes} bytes of the window, from its index 0 on, to an offset. */
    int write(long offsetBytes, ByteBuffer window, int lengthBytes);
}
