package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapTest {
    private static final int SMALL_BYTES = 1000;
    private static final int LARGE_BYTES = 9 << 20;

    private Fixture fixture;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = new Fixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aShortCopyUpwardsInsideARegionBehavesAsThroughATemporary(Kind kind) {
        shift(fixture.region(kind, SMALL_BYTES), 0, 7, SMALL_BYTES - 7);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLongCopyUpwardsInsideARegionBehavesAsThroughATemporary(Kind kind) {
        shift(fixture.region(kind, LARGE_BYTES), 0, 7, LARGE_BYTES - 7);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLongCopyDownwardsInsideARegionBehavesAsThroughATemporary(Kind kind) {
        shift(fixture.region(kind, LARGE_BYTES), 7, 0, LARGE_BYTES - 7);
    }

    private void shift(MemoryRegion region, int from, int to, int lengthBytes) {
        byte[] expected = Fixture.random((int) region.byteSize(), 3);
        fixture.write(region, expected);

        fixture.engine.copy(region, from, region, to, lengthBytes);

        System.arraycopy(expected.clone(), from, expected, to, lengthBytes);
        assertThat(Fixture.firstDifference(expected, fixture.read(region))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL_BYTES, LARGE_BYTES})
    void twoRegionsOverTheSameBytesBehaveAsThroughATemporary(int lengthBytes) {
        byte[] expected = Fixture.random(lengthBytes, 4);
        ByteBuffer memory = Fixture.direct(expected);
        MemoryRegion low = fixture.peer.wrap(memory.slice(0, lengthBytes - 13));
        MemoryRegion high = fixture.peer.wrap(memory.slice(13, lengthBytes - 13));

        fixture.engine.copy(low, 0, high, 0, lengthBytes - 13);

        System.arraycopy(expected.clone(), 0, expected, 13, lengthBytes - 13);
        assertThat(Fixture.firstDifference(expected, Fixture.bytes(memory))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL_BYTES, LARGE_BYTES})
    void anAttachedRegionOverOwnBytesBehavesAsThroughATemporary(int lengthBytes) {
        byte[] expected = Fixture.random(lengthBytes, 5);
        ByteBuffer memory = Fixture.direct(expected);
        MemoryRegion far = fixture.attach(memory);
        MemoryRegion near = fixture.peer.wrap(memory);

        fixture.engine.copy(far, 0, near, 13, lengthBytes - 13);

        System.arraycopy(expected.clone(), 0, expected, 13, lengthBytes - 13);
        assertThat(Fixture.firstDifference(expected, Fixture.bytes(memory))).isEqualTo(-1);
    }

    @Test
    void segmentsInAnotherOrderOverTheSameBytesBehaveAsThroughATemporary() {
        byte[] bytes = Fixture.random(SMALL_BYTES, 6);
        ByteBuffer memory = Fixture.direct(bytes);
        ByteBuffer first = memory.slice(0, SMALL_BYTES / 2);
        ByteBuffer second = memory.slice(SMALL_BYTES / 2, SMALL_BYTES / 2);

        fixture.engine.copy(
                fixture.peer.wrap(List.of(first, second)),
                0,
                fixture.peer.wrap(List.of(second, first)),
                0,
                SMALL_BYTES);

        byte[] expected = new byte[SMALL_BYTES];
        System.arraycopy(bytes, SMALL_BYTES / 2, expected, 0, SMALL_BYTES / 2);
        System.arraycopy(bytes, 0, expected, SMALL_BYTES / 2, SMALL_BYTES / 2);
        assertThat(Fixture.firstDifference(expected, Fixture.bytes(memory))).isEqualTo(-1);
    }
}
