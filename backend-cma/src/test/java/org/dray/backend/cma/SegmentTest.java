package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dray.CopyStatus;
import org.dray.linux.Memory;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Regions of many segments, also more than the kernel takes in one call, which is 1024. */
class SegmentTest extends DriverTest {
    private static final int STRIDE_BYTES = 24;
    private static final int SEGMENT_BYTES = 17;

    static Stream<Arguments> counts() {
        return Stream.of(2, 1023, 1024, 1025, 5000)
                .flatMap(count -> Stream.of(true, false)
                        .flatMap(reads -> Stream.of(1, 3, count).map(other -> Arguments.of(count, other, reads))));
    }

    @ParameterizedTest(name = "{0} segments to {1}, reads {2}")
    @MethodSource("counts")
    void everyByteFindsItsPlace(int sourceSegments, int destinationSegments, boolean reads) throws BackendException {
        int lengthBytes = sourceSegments * SEGMENT_BYTES;
        ByteBuffer source = ByteBuffer.allocateDirect(sourceSegments * STRIDE_BYTES);
        List<ByteBuffer> from = new ArrayList<>();
        for (int i = 0; i < sourceSegments; i++) {
            from.add(source.slice(i * STRIDE_BYTES, SEGMENT_BYTES));
        }
        for (int i = 0; i < lengthBytes; i++) {
            from.get(i / SEGMENT_BYTES).put(i % SEGMENT_BYTES, Pages.pattern(i));
        }
        ByteBuffer destination = ByteBuffer.allocateDirect(lengthBytes);

        long doneBytes = copy(
                LocalMemory.ofBuffers(from),
                LocalMemory.ofBuffers(split(destination, destinationSegments)),
                reads,
                lengthBytes);

        assertThat(doneBytes).isEqualTo(lengthBytes);
        for (int i = 0; i < lengthBytes; i++) {
            assertThat(destination.get(i)).as("byte %d", i).isEqualTo(Pages.pattern(i));
        }
    }

    @ParameterizedTest(name = "hole in segment {0}")
    @MethodSource("segmentsWithHole")
    void holeInOneSegmentLeavesThoseBeforeIt(int segment) throws BackendException {
        int count = 1500;
        try (Pages source = Pages.patterned(count)) {
            List<ByteBuffer> from = split(source.bytes(), count);
            ByteBuffer destination = ByteBuffer.allocateDirect((int) source.lengthBytes());
            source.protect(segment, Memory.PROT_NONE);

            long doneBytes = copy(
                    LocalMemory.ofBuffers(from),
                    LocalMemory.ofBuffers(List.of(destination)),
                    true,
                    source.lengthBytes());

            assertThat(doneBytes).isEqualTo((long) segment * Pages.PAGE_BYTES);
            assertThat(copy.outcome()).isEqualTo(CopyStatus.BAD_REMOTE_ADDRESS);
            assertThat(destination.get((int) doneBytes)).isZero();
        }
    }

    static Stream<Integer> segmentsWithHole() {
        return Stream.of(0, 1, 700, 1023, 1024, 1499);
    }

    @Test
    void rangeInsideLaterSegmentsStartsAndEndsWhereItShould() throws BackendException {
        ByteBuffer source = ByteBuffer.allocateDirect(300);
        for (int i = 0; i < source.capacity(); i++) {
            source.put(i, Pages.pattern(i));
        }
        ByteBuffer destination = ByteBuffer.allocateDirect(300);
        DriverRegion from = far(LocalMemory.ofBuffers(split(source, 3)));
        DriverRegion to = driver.wrap(LocalMemory.ofBuffers(split(destination, 3)));

        assertThat(driver.copy(copy, from, 110, to, 210, 80)).isEqualTo(80);
        assertThat(driver.copy(copy, from, 199, to, 99, 2)).isEqualTo(2);

        assertThat(destination.get(98)).isZero();
        assertThat(destination.get(99)).isEqualTo(Pages.pattern(199));
        assertThat(destination.get(100)).isEqualTo(Pages.pattern(200));
        assertThat(destination.get(101)).isZero();
        assertThat(destination.slice(210, 80)).isEqualTo(source.slice(110, 80));
        assertThat(destination.get(290)).isZero();
    }

    private long copy(LocalMemory source, LocalMemory destination, boolean reads, long lengthBytes)
            throws BackendException {
        DriverRegion from = reads ? far(source) : driver.wrap(source);
        DriverRegion to = reads ? driver.wrap(destination) : far(destination);
        return driver.copy(copy, from, 0, to, 0, lengthBytes);
    }

    /** Parts of about equal length that follow each other. */
    private static List<ByteBuffer> split(ByteBuffer whole, int count) {
        List<ByteBuffer> parts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int start = (int) (i * whole.capacity() / count);
            int end = (int) ((i + 1) * whole.capacity() / count);
            parts.add(whole.slice(start, end - start));
        }
        return parts;
    }
}
