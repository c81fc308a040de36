package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTest {
    private static final int LENGTH_BYTES = 3 * Mailboxes.WINDOW_BYTES + 77;

    private Fixture fixture;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = new Fixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> routes() {
        return Arrays.stream(Kind.values())
                .flatMap(source -> Arrays.stream(Kind.values()).map(target -> Arguments.of(source, target)));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyPairOfKindsMovesTheBytesOfTheRangeAndNoOther(Kind source, Kind target) {
        MemoryRegion from = fixture.region(source, LENGTH_BYTES);
        MemoryRegion to = source == target && source != Kind.LOCAL && source != Kind.PEER
                ? fixture.engine.region(fixture.space(target), 10_000_000, LENGTH_BYTES, from.access())
                : fixture.region(target, LENGTH_BYTES);
        byte[] sent = Fixture.random(LENGTH_BYTES, 1);
        byte[] expected = Fixture.random(LENGTH_BYTES, 2);
        fixture.write(from, sent);
        fixture.write(to, expected);

        fixture.engine.copy(from, 5, to, 11, LENGTH_BYTES - 20);

        System.arraycopy(sent, 5, expected, 11, LENGTH_BYTES - 20);
        assertThat(Fixture.firstDifference(expected, fixture.read(to))).isEqualTo(-1);
        assertThat(Fixture.firstDifference(sent, fixture.read(from))).isEqualTo(-1);
    }
}
