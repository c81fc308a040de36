package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Direct buffers that are exported again and again. A free one is full of poison, and is looked at before it is used
 * again: that is how a write that comes too late is caught.
 */
final class Pool {
    private static final int[] SIZES = {4096, 20_480, 100_003, 400_000, 6_000_001};
    private static final int[] COUNTS = {8, 8, 6, 4, 2};

    private final List<Deque<ByteBuffer>> free = new ArrayList<>();
    private final Judge judge;

    Pool(Judge judge) {
        this.judge = judge;
        for (int i = 0; i < SIZES.length; i++) {
            Deque<ByteBuffer> buffers = new ArrayDeque<>();
            for (int k = 0; k < COUNTS[i]; k++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(SIZES[i]);
                Pattern.set(buffer, 0, buffer.capacity(), Pattern.POISON);
                buffers.add(buffer);
            }
            free.add(buffers);
        }
    }

    /** A buffer cut into some parts; or nothing if the others have all. */
    synchronized Optional<Store> take(SplittableRandom random) {
        Deque<ByteBuffer> buffers = free.get(random.nextInt(free.size()));
        ByteBuffer buffer = buffers.pollFirst();
        if (buffer == null) {
            return Optional.empty();
        }
        Part part = new Part(
                this, buffers, buffer, cut(buffer, random.nextInt(3) == 0 ? 1 + random.nextInt(9) : 1, random));
        if (part.isDamaged()) {
            judge.fail("a free buffer of " + buffer.capacity() + " bytes was written: a copy ended after close", null);
            part.poison();
        }
        return Optional.of(part);
    }

    static List<ByteBuffer> cut(ByteBuffer buffer, int count, SplittableRandom random) {
        List<ByteBuffer> parts = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < count; i++) {
            int length = 1 + random.nextInt(buffer.capacity() / count);
            parts.add(buffer.slice(from, length));
            from += length;
        }
        parts.add(buffer.slice(from, buffer.capacity() - from));
        return parts;
    }

    private synchronized void give(Deque<ByteBuffer> buffers, ByteBuffer buffer) {
        buffers.addLast(buffer);
    }

    private record Part(Pool pool, Deque<ByteBuffer> home, ByteBuffer whole, List<ByteBuffer> parts) implements Store {
        @Override
        public void release() {
            pool.give(home, whole);
        }
    }
}
