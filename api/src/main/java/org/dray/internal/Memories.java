package org.dray.internal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.dray.spi.LocalMemory;

/** Checks memory on its way in. */
final class Memories {
    private Memories() {}

    static LocalMemory of(List<ByteBuffer> segments) {
        for (ByteBuffer segment : segments) {
            Objects.requireNonNull(segment, "segment");
            if (!segment.isDirect()) {
                throw new IllegalArgumentException("a heap buffer of " + segment.remaining()
                        + " bytes cannot be used, because the garbage collector moves it: copy it into"
                        + " ByteBuffer.allocateDirect(n), or let the engine allocate");
            }
        }
        List<ByteBuffer> filled =
                segments.stream().filter(ByteBuffer::hasRemaining).toList();
        if (filled.isEmpty()) {
            throw new IllegalArgumentException(
                    "the memory is empty: a region has at least 1 byte between position and limit");
        }
        return LocalMemory.ofBuffers(filled);
    }

    static LocalMemory of(long address, long lengthBytes, Object keepAlive) {
        Objects.requireNonNull(keepAlive, "keepAlive");
        if (address == 0
                || lengthBytes < 1
                || lengthBytes > Long.MAX_VALUE - Math.max(0, address)
                || (address < 0 && address + lengthBytes > 0)) {
            throw new IllegalArgumentException("address 0x" + Long.toHexString(address) + " and " + lengthBytes
                    + " bytes are not a range: it must not begin at 0, be empty or wrap around");
        }
        return LocalMemory.ofAddress(address, lengthBytes, keepAlive);
    }
}
