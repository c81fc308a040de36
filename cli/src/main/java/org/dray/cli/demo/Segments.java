package org.dray.cli.demo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Memory outside of the heap, in pieces, because one buffer ends at 2 GiB. */
final class Segments {
    private static final long SEGMENT_BYTES = 1L << 30;
    private static final int CHUNK_BYTES = 1 << 16;

    private final List<ByteBuffer> buffers;
    private final long byteSize;

    private Segments(List<ByteBuffer> buffers) {
        this.buffers = List.copyOf(buffers);
        this.byteSize = buffers.stream().mapToLong(ByteBuffer::capacity).sum();
    }

    /**
     * Allocates zeroed memory; all of it has been written, so that no copy pays for first touches.
     *
     * @throws OutOfMemoryError if there is not enough
     */
    static Segments allocate(long byteSize) {
        return allocate(byteSize, SEGMENT_BYTES);
    }

    static Segments allocate(long byteSize, long segmentBytes) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (long left = byteSize; left > 0; left -= segmentBytes) {
            buffers.add(ByteBuffer.allocateDirect((int) Math.min(left, segmentBytes)));
        }
        return new Segments(buffers);
    }

    long byteSize() {
        return byteSize;
    }

    /** The same memory in buffers with a position of their own, from 0 to capacity. */
    List<ByteBuffer> buffers() {
        return buffers.stream()
                .map(ByteBuffer::duplicate)
                .map(ByteBuffer::clear)
                .toList();
    }

    void fill(byte value) {
        byte[] chunk = new byte[CHUNK_BYTES];
        Arrays.fill(chunk, value);
        for (ByteBuffer buffer : buffers()) {
            while (buffer.hasRemaining()) {
                buffer.put(chunk, 0, Math.min(chunk.length, buffer.remaining()));
            }
        }
    }

    /** SHA-256 of all bytes, in hexadecimal digits. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK_BYTES];
            for (ByteBuffer buffer : buffers()) {
                while (buffer.hasRemaining()) {
                    int lengthBytes = Math.min(chunk.length, buffer.remaining());
                    buffer.get(chunk, 0, lengthBytes);
                    digest.update(chunk, 0, lengthBytes);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
