package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    private static final long GIB = 1L << 30;

    private Path directory;
    private Fixture fixture;

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        fixture = new Fixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void freshMemoryIsZero() {
        MemoryRegion region = fixture.engine.allocate(1000, Access.READ_WRITE);
        assertThat(fixture.read(region)).containsOnly(0);
    }

    @Test
    void aRegionAboveTwoGibibytesIsReachedAtBothEndsAndAroundEveryPiece() {
        long length = 3 * GIB + 17;
        MemoryRegion region = fixture.engine.allocate(length, Access.READ_WRITE);
        long[] offsets = {0, GIB - 3, 2 * GIB - 3, (1L << 31) - 1, 3 * GIB - 3, length - 6};
        for (long offset : offsets) {
            byte[] sent = Fixture.random(6, offset);
            fixture.write(region.slice(offset, 6), sent);
            assertThat(fixture.read(region.slice(offset, 6))).isEqualTo(sent);
        }
    }

    @Test
    void aMappingShowsWhatCopiesWriteAlsoAcrossPieces() {
        MemoryRegion region = fixture.engine.allocate(2 * GIB, Access.READ_WRITE);
        ByteBuffer mapped = region.map(GIB - 4, 8);
        fixture.write(region.slice(GIB - 4, 8), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(Fixture.bytes(mapped)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        mapped.put(0, (byte) 9);
        assertThat(fixture.read(region.slice(GIB - 4, 1))).containsExactly(9);
    }

    @Test
    void aMappingOutlivesItsRegion() {
        MemoryRegion region = fixture.engine.allocate(100, Access.READ_WRITE);
        ByteBuffer mapped = region.map(0, 100);
        mapped.put(7, (byte) 1);
        region.close();
        assertThat(mapped.get(7)).isEqualTo((byte) 1);
    }

    @Test
    void memoryThatTheFileSystemDoesNotHaveIsAResourceLimit() {
        assertThatThrownBy(() -> fixture.engine.allocate(1L << 50, Access.READ_WRITE))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT));
    }

    @Test
    void aClosedRegionLeavesNoFile() throws IOException {
        fixture.engine.allocate(100, Access.READ_WRITE).close();
        try (Stream<Path> files = Files.list(directory.resolve("dray"))) {
            assertThat(files.filter(file -> file.toString().contains("simmem"))).isEmpty();
        }
    }
}
