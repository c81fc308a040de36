package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.linux.Memory;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.junit.jupiter.api.Test;

/** Memory that the engine allocates. */
class MappingTest extends DriverTest {
    private static final long HUGE_PAGE_BYTES = 2 << 20;

    @Test
    void allocatedMemoryIsZeroedAndMapped() throws BackendException {
        DriverRegion region = driver.allocate(100, Access.READ_WRITE);
        ByteBuffer bytes = region.map(0, 100);
        bytes.put(99, (byte) 7);

        assertThat(region.extents().byteSize()).isEqualTo(100);
        assertThat(bytes.get(0)).isZero();
        assertThat(region.map(99, 1).get(0)).isEqualTo((byte) 7);
        region.close();
    }

    @Test
    void longMemoryIsAlignedForHugePages() throws BackendException {
        DriverRegion region = driver.allocate(HUGE_PAGE_BYTES + 1, Access.READ_WRITE);

        assertThat(region.extents().base(0) % HUGE_PAGE_BYTES).isZero();
        assertThat(region.map(HUGE_PAGE_BYTES, 1).get(0)).isZero();
        region.close();
    }

    @Test
    void regionMayExceedTwoGibibytes() throws BackendException {
        long lengthBytes = (1L << 31) + 4096;
        DriverRegion region = driver.allocate(lengthBytes, Access.READ_WRITE);
        region.map(lengthBytes - 1, 1).put(0, (byte) 42);
        ByteBuffer destination = ByteBuffer.allocateDirect(1);

        driver.copy(copy, far(region.extents()), lengthBytes - 1, driver.wrap(memory(destination)), 0, 1);

        assertThat(destination.get(0)).isEqualTo((byte) 42);
        region.close();
    }

    @Test
    void memoryThatDoesNotExistIsARefusalAndNoCrash() {
        assertThatThrownBy(() -> driver.allocate(1L << 47, Access.READ))
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT));
        assertThatThrownBy(() -> driver.allocate(Long.MAX_VALUE, Access.READ))
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT));
    }

    @Test
    void buffersKeepTheMappingBeyondTheRegion() throws Exception {
        DriverRegion region = driver.allocate(HUGE_PAGE_BYTES, Access.READ_WRITE);
        long address = region.extents().base(0);
        ByteBuffer derived = region.map(0, 4096).slice(0, 8).asReadOnlyBuffer();
        region.close();
        System.gc();
        assertThat(derived.get(7)).isZero();
        assertThat(isMapped(address)).isTrue();

        derived = null;
        while (isMapped(address)) { // ends by the cleaner, or by the time limit
            System.gc();
            Thread.onSpinWait();
        }
    }

    @Test
    void regionWithoutBuffersIsUnmappedAtClose() throws Exception {
        DriverRegion region = driver.allocate(HUGE_PAGE_BYTES, Access.READ_WRITE);
        long address = region.extents().base(0);
        assertThat(isMapped(address)).isTrue();

        region.close();

        assertThat(isMapped(address)).isFalse();
    }

    /** 10 GiB in all, of which only 256 MiB at a time may wait for the collector. */
    @Test
    void forgottenBuffersAreCollectedBeforeTheyFillTheMachine() throws Exception {
        long before = residentBytes();
        for (int i = 0; i < 5000; i++) {
            DriverRegion region = driver.allocate(HUGE_PAGE_BYTES, Access.READ_WRITE);
            region.map(0, 1).put(0, (byte) 1);
            region.close();
        }
        assertThat(residentBytes() - before).isLessThan(2L << 30);
    }

    private static LocalMemory memory(ByteBuffer buffer) {
        return LocalMemory.ofBuffers(List.of(buffer));
    }

    private static boolean isMapped(long address) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .map(line -> line.split("[- ]", 3))
                .anyMatch(range -> Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
                        && Long.compareUnsigned(Long.parseUnsignedLong(range[1], 16), address) > 0);
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]) * Memory.pageSizeBytes();
    }
}
