package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.spi.Extents;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
    private static final int MAX_SEGMENTS = 1024;
    private static final long GIB = 1L << 30;

    @Test
    void twoBuffersOverTheSameBytesHaveTheSameCoordinates() {
        ByteBuffer memory = ByteBuffer.allocateDirect(1000);
        Extents whole = Coordinates.of(List.of(memory), MAX_SEGMENTS);
        Extents part = Coordinates.of(List.of(memory.slice(100, 50)), MAX_SEGMENTS);
        assertThat((part.base(0) - whole.base(0)) % GIB).isEqualTo(100);
    }

    @Test
    void aRangeAcrossAGibibyteIsSplitThere() throws Exception {
        Extents extents = Coordinates.of(5 * GIB - 10, GIB + 30, MAX_SEGMENTS);
        assertThat(extents.count()).isEqualTo(3);
        assertThat(extents.byteSize()).isEqualTo(GIB + 30);
        assertThat(extents.base(0)).isEqualTo(GIB - 10);
        assertThat(extents.lengthBytes(0)).isEqualTo(10);
        assertThat(extents.base(1)).isZero();
        assertThat(extents.lengthBytes(2)).isEqualTo(20);
    }

    @Test
    void aRangeOfMorePiecesThanARouteTakesStaysWhole() throws Exception {
        assertThat(Coordinates.of(1, 2000 * GIB, MAX_SEGMENTS).count()).isEqualTo(1);
    }
}
