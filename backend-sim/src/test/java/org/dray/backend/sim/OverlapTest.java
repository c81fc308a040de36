package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapTest {
    private static final int SMALL_BYTES = 1000;

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

    private void shift(MemoryRegion region, int from, int to, int lengthBytes) {
        byte[] expected = Fixture.random((int) region.byteSize(), 3);
        fixture.write(region, expected);

        fixture.engine.copy(region, from, region, to, lengthBytes);

        System.arraycopy(expected.clone(), from, expected, to, lengthBytes);
        assertThat(Fixture.firstDifference(expected, fixture.read(region))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = SMALL_BYTES)
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
    @ValueSource(ints = SMALL_BYTES)
    void anAttachedRegionOverOwnBytesBehavesAsThroughATemporary(int lengthBytes) {
        byte[] expected = Fixture.random(lengthBytes, 5);
        ByteBuffer memory = Fixture.direct(expected);
        MemoryRegion far = fixture.attach(memory);
        MemoryRegion near = fixture.peer.wrap(memory);

        fixture.engine.copy(far, 0, near, 13, lengthBytes - 13);

        System.arraycopy(expected.clone(), 0, expected, 13, lengthBytes - 13);
        assertThat(Fixture.firstDifference(expected, Fixture.bytes(memory))).isEqualTo(-1);
    }
}
