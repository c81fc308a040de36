package org.dray.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    /** From {@code printf 'abc' | sha256sum}. */
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theDigestGoesAcrossSegments() {
        Segments segments = Segments.allocate(3, 2);
        segments.buffers().get(0).put((byte) 'a').put((byte) 'b');
        segments.buffers().get(1).put((byte) 'c');
        assertThat(segments.sha256()).isEqualTo(SHA256_OF_ABC);
    }

    @Test
    void theLastSegmentHoldsTheRest() {
        assertThat(Segments.allocate(10, 4).buffers())
                .extracting(ByteBuffer::remaining)
                .containsExactly(4, 4, 2);
        assertThat(Segments.allocate(10, 4).byteSize()).isEqualTo(10);
    }

    @Test
    void fillReachesTheLastByteOfEverySegment() {
        Segments segments = Segments.allocate(200_001, 100_000);
        segments.fill((byte) 7);
        for (ByteBuffer buffer : segments.buffers()) {
            while (buffer.hasRemaining()) {
                assertThat(buffer.get()).isEqualTo((byte) 7);
            }
        }
    }
}
