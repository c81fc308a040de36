package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Memory of one or more direct buffers, seen as one. */
record Block(List<ByteBuffer> buffers) {
    private static final int CHUNK_BYTES = 1 << 16;

    static Block of(long seed, int... segmentBytes) {
        Block block = new Block(
                Arrays.stream(segmentBytes).mapToObj(ByteBuffer::allocateDirect).toList());
        block.fill(seed, 0, block.byteSize());
        return block;
    }

    /** One segment many times, filled with zeros, and behind it another of the same length, filled with a pattern. */
    static Block tall(long seed, int times, int segmentBytes) {
        List<ByteBuffer> buffers = new ArrayList<>(Collections.nCopies(times, ByteBuffer.allocateDirect(segmentBytes)));
        buffers.add(ByteBuffer.allocateDirect(segmentBytes));
        Block block = new Block(List.copyOf(buffers));
        block.fill(seed, (long) times * segmentBytes, segmentBytes);
        return block;
    }

    long byteSize() {
        return buffers.stream().mapToLong(ByteBuffer::capacity).sum();
    }

    void fill(long seed, long offset, long lengthBytes) {
        for (long at = offset; at < offset + lengthBytes; at += CHUNK_BYTES) {
            put(at, Pattern.bytes(seed, at, (int) Math.min(CHUNK_BYTES, offset + lengthBytes - at)));
        }
    }

    /** How a range differs from a pattern's bytes, which begin there at an index of their own; empty if it does not. */
    String difference(long seed, long patternOffset, long offset, long lengthBytes) {
        for (long done = 0; done < lengthBytes; done += CHUNK_BYTES) {
            int part = (int) Math.min(CHUNK_BYTES, lengthBytes - done);
            String difference = Pattern.difference(
                    Pattern.bytes(seed, patternOffset + done, part), get(offset + done, part), offset + done);
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    void put(long offset, byte[] bytes) {
        each(offset, bytes.length, (part, start, done, count) -> part.put(start, bytes, done, count));
    }

    byte[] get(long offset, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        each(offset, lengthBytes, (part, start, done, count) -> part.get(start, bytes, done, count));
        return bytes;
    }

    private interface Part {
        void move(ByteBuffer buffer, int start, int done, int count);
    }

    private void each(long offset, int lengthBytes, Part part) {
        long start = offset;
        int done = 0;
        for (ByteBuffer buffer : buffers) {
            if (start < buffer.capacity() && done < lengthBytes) {
                int count = (int) Math.min(buffer.capacity() - start, lengthBytes - done);
                part.move(buffer, (int) start, done, count);
                done += count;
                start += count;
            }
            start -= buffer.capacity();
        }
        if (done != lengthBytes) {
            throw new IndexOutOfBoundsException(
                    lengthBytes + " bytes at " + offset + " leave the memory of " + byteSize() + " bytes");
        }
    }
}
