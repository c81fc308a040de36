package org.dray.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiTypesTest {
    @Test
    void extentsAddUp() {
        Extents extents = Extents.of(new long[] {100, 50}, new long[] {10, 20});
        assertThat(extents.byteSize()).isEqualTo(30);
        assertThat(extents.count()).isEqualTo(2);
        assertThat(extents.base(1)).isEqualTo(50);
        assertThat(extents.lengthBytes(1)).isEqualTo(20);
        assertThat(Extents.of(7, 8).byteSize()).isEqualTo(8);
    }

    @Test
    void extentsDoNotFollowTheArraysTheyWereMadeOf() {
        long[] base = {1};
        long[] length = {2};
        Extents extents = Extents.of(base, length);
        base[0] = 9;
        length[0] = 9;
        assertThat(extents.base(0)).isEqualTo(1);
        assertThat(extents.byteSize()).isEqualTo(extents.lengthBytes(0)).isEqualTo(2);
    }

    @Test
    void extentsThatDoNotFitOrOverflowAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Extents.of(new long[1], new long[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> Extents.of(new long[0], new long[0]));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Extents.of(new long[2], new long[] {Long.MAX_VALUE, 1}));
    }

    @Test
    void memoryIsASnapshotOfPositionsAndLimits() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(32).position(4).limit(20);
        LocalMemory memory = LocalMemory.ofBuffers(List.of(buffer, ByteBuffer.allocateDirect(8)));
        buffer.clear();
        assertThat(memory.byteSize()).isEqualTo(24);
        assertThat(memory.segmentCount()).isEqualTo(2);
        assertThat(memory.buffers().get(0).limit()).isEqualTo(16);
        assertThat(memory.isRaw()).isFalse();
        assertThat(memory.isReadOnly()).isFalse();
        assertThat(LocalMemory.ofBuffers(List.of(ByteBuffer.allocateDirect(1), buffer.asReadOnlyBuffer()))
                        .isReadOnly())
                .isTrue();
    }

    @Test
    void rawMemoryHasNoBuffers() {
        LocalMemory memory = LocalMemory.ofAddress(4096, 1L << 40, this);
        assertThat(memory.isRaw()).isTrue();
        assertThat(memory.buffers()).isEmpty();
        assertThat(memory.segmentCount()).isEqualTo(1);
        assertThat(memory.rawAddress()).isEqualTo(4096);
        assertThat(memory.byteSize()).isEqualTo(1L << 40);
    }

    @ParameterizedTest
    @CsvSource({"65536, true, 1.0", "65537, false, 1.1", "131072, false, 2.0", "0, false, 0.0", "-1, false, 65535.65535"
    })
    void onlyThisMajorAndNoNewerMinorIsServed(int version, boolean served, String text) {
        assertThat(SpiVersion.isServed(version)).isEqualTo(served);
        assertThat(SpiVersion.text(version)).isEqualTo(text);
    }
}
