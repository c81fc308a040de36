package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpaceTest {
    private static final byte[] TEXT = {4, 7, 1, 1};

    @TempDir
    Path directory;

    @AfterEach
    void forgetProperties() {
        System.clearProperty(SimSettings.DIRECTORY);
        System.clearProperty(SimSettings.SPACE_BYTES);
    }

    private static MemoryRegion region(Fixture fixture, CopyEngine engine, Kind kind) {
        return engine.region(fixture.space(kind), 0, TEXT.length, Access.READ_WRITE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DEVICE", "PERSISTENT"})
    void twoEnginesHaveDifferentSpacesByDefault(Kind kind) {
        try (Fixture fixture = new Fixture(directory);
                Fixture other = new Fixture(directory)) {
            fixture.write(region(fixture, fixture.engine, kind), TEXT);
            assertThat(other.read(region(other, other.engine, kind))).containsOnly(0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DEVICE", "PERSISTENT"})
    void enginesThatNameADirectoryShareTheSpacesInIt(Kind kind) {
        System.setProperty(SimSettings.DIRECTORY, directory.resolve("machine").toString());
        try (Fixture fixture = new Fixture(directory);
                Fixture other = new Fixture(directory)) {
            fixture.write(region(fixture, fixture.engine, kind), TEXT);
            assertThat(other.read(region(other, other.engine, kind))).isEqualTo(TEXT);
        }
    }

    @Test
    void flushedBytesOfANamedDirectoryAreInItsFile() throws Exception {
        System.setProperty(SimSettings.DIRECTORY, directory.resolve("machine").toString());
        try (Fixture fixture = new Fixture(directory)) {
            MemoryRegion region = region(fixture, fixture.engine, Kind.PERSISTENT);
            fixture.write(region, TEXT);
            region.flush(1, 2);
        }
        try (var file = Files.newInputStream(directory.resolve("machine/dax0.0"))) {
            assertThat(file.readNBytes(TEXT.length)).isEqualTo(TEXT);
        }
    }

    @Test
    void aBoardHasNothingToFlush() {
        try (Fixture fixture = new Fixture(directory)) {
            MemoryRegion region = region(fixture, fixture.engine, Kind.DEVICE);
            assertThatThrownBy(() -> region.flush(0, 1)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aSpaceCanBeMapped() {
        try (Fixture fixture = new Fixture(directory)) {
            MemoryRegion region = region(fixture, fixture.engine, Kind.PERSISTENT);
            fixture.write(region, TEXT);
            assertThat(region.map(2, 1).get(0)).isEqualTo(TEXT[2]);
        }
    }

    @Test
    void thePropertySizesTheSpacesAndTheirLastByteWorks() {
        System.setProperty(SimSettings.SPACE_BYTES, "100001");
        try (Fixture fixture = new Fixture(directory)) {
            assertThat(fixture.space(Kind.DEVICE).byteSize()).isEqualTo(100_001);
            MemoryRegion last = fixture.engine.region(fixture.space(Kind.DEVICE), 100_000, 1, Access.READ_WRITE);
            fixture.write(last, new byte[] {5});
            assertThat(fixture.read(last)).containsExactly(5);
        }
    }
}
