package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.dray.MemoryRegion;

/** A buffer of one thread's own, and the wrapped regions over it. Offsets in the region are indexes in the buffer. */
final class Near {
    /** Bytes on each side of a copy's destination that are looked at afterwards. */
    static final int GUARD_BYTES = 64;

    private static final byte CANARY = 0x5a;
    private static final int MAX_SEGMENTS = 40;

    final ByteBuffer memory;
    private final Consumer<MemoryRegion> closer;
    private MemoryRegion region;
    private Session session;

    Near(int lengthBytes, Consumer<MemoryRegion> closer) {
        this.closer = closer;
        memory = ByteBuffer.allocateDirect(lengthBytes);
    }

    int lengthBytes() {
        return memory.capacity();
    }

    /** A region that only this thread uses; of changing shape. */
    MemoryRegion region(Session current, SplittableRandom random) {
        if (session != current || random.nextInt(20) == 0) {
            close();
            session = current;
        }
        if (region == null) {
            int segments = random.nextBoolean() ? 1 : 1 + random.nextInt(MAX_SEGMENTS);
            region = current.dray().wrap(Pool.cut(memory, segments, random));
        }
        return region;
    }

    /** Prepares a destination. */
    void guard(int position, int lengthBytes) {
        Pattern.set(memory, position - GUARD_BYTES, lengthBytes + 2 * GUARD_BYTES, CANARY);
    }

    /** Index of the first byte that was written outside of a part of the destination, or -1. */
    int written(int position, int doneBytes, int lengthBytes) {
        int before = Pattern.otherThan(CANARY, memory, position - GUARD_BYTES, GUARD_BYTES);
        return before >= 0
                ? before
                : Pattern.otherThan(CANARY, memory, position + doneBytes, lengthBytes - doneBytes + GUARD_BYTES);
    }

    /** Nobody else uses the region; a process that was stopped finds its own threads late all the same. */
    void close() {
        if (region != null) {
            MemoryRegion closing = region;
            region = null;
            closer.accept(closing);
        }
        session = null;
    }
}
