package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.dray.CopyStatus;
import org.dray.linux.Errno;
import org.dray.linux.Memory;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory that is not there: the bytes done are exact, the side is named, and nothing behind them was touched. */
class HoleTest extends DriverTest {
    private static final int PAGES = 16;
    private static final int OFFSET_BYTES = 100;
    private static final byte UNTOUCHED = 0x5a;

    static Stream<Arguments> holes() {
        return Stream.of(0, 1, PAGES / 2, PAGES - 1)
                .flatMap(page -> Stream.of(true, false)
                        .flatMap(reads -> Stream.of(true, false).map(far -> Arguments.of(page, reads, far))));
    }

    @ParameterizedTest(name = "page {0}, reads {1}, far side {2}")
    @MethodSource("holes")
    void holeEndsTheCopyAtItsFirstByte(int page, boolean reads, boolean farSide) throws BackendException {
        try (Pages source = Pages.patterned(PAGES);
                Pages destination = Pages.filled(PAGES, UNTOUCHED)) {
            Pages bad = farSide == reads ? source : destination;
            bad.protect(page, Memory.PROT_NONE);
            long lengthBytes = source.lengthBytes() - OFFSET_BYTES;
            long expectedBytes = Math.max(0, (long) page * Pages.PAGE_BYTES - OFFSET_BYTES);

            long doneBytes = copy(source, destination, reads, lengthBytes);

            assertThat(doneBytes).isEqualTo(expectedBytes);
            assertThat(copy.outcome())
                    .isEqualTo(farSide ? CopyStatus.BAD_REMOTE_ADDRESS : CopyStatus.BAD_LOCAL_ADDRESS);
            assertThat(copy.errorNumber()).isEqualTo(Errno.EFAULT);
            bad.unprotect();
            requirePrefix(destination.bytes(), expectedBytes);
        }
    }

    @ParameterizedTest(name = "reads {0}")
    @MethodSource("directions")
    void holeBehindTheLastByteIsNoneOfTheCopysBusiness(boolean reads) throws BackendException {
        try (Pages source = Pages.patterned(PAGES);
                Pages destination = Pages.filled(PAGES, UNTOUCHED)) {
            source.protect(PAGES - 1, Memory.PROT_NONE);
            destination.protect(PAGES - 1, Memory.PROT_NONE);
            long lengthBytes = (long) (PAGES - 1) * Pages.PAGE_BYTES - OFFSET_BYTES;

            assertThat(copy(source, destination, reads, lengthBytes)).isEqualTo(lengthBytes);
            assertThat(copy.outcome()).isEqualTo(CopyStatus.OK);
        }
    }

    @ParameterizedTest(name = "reads {0}")
    @MethodSource("directions")
    void lastByteInAHoleFailsAlone(boolean reads) throws BackendException {
        try (Pages source = Pages.patterned(PAGES);
                Pages destination = Pages.filled(PAGES, UNTOUCHED)) {
            destination.protect(PAGES - 1, Memory.PROT_NONE);
            long lengthBytes = (long) (PAGES - 1) * Pages.PAGE_BYTES - OFFSET_BYTES + 1;

            assertThat(copy(source, destination, reads, lengthBytes)).isEqualTo(lengthBytes - 1);
            assertThat(copy.outcome()).isEqualTo(reads ? CopyStatus.BAD_LOCAL_ADDRESS : CopyStatus.BAD_REMOTE_ADDRESS);
        }
    }

    @ParameterizedTest(name = "reads {0}")
    @MethodSource("directions")
    void readOnlyMemoryIsReadableAndNotWritable(boolean reads) throws BackendException {
        try (Pages source = Pages.patterned(1);
                Pages destination = Pages.filled(1, UNTOUCHED)) {
            source.protect(0, Memory.PROT_READ);
            long lengthBytes = Pages.PAGE_BYTES - OFFSET_BYTES;
            assertThat(copy(source, destination, reads, lengthBytes)).isEqualTo(lengthBytes);

            destination.protect(0, Memory.PROT_READ);
            assertThat(copy(source, destination, reads, lengthBytes)).isZero();
            assertThat(copy.outcome()).isEqualTo(reads ? CopyStatus.BAD_LOCAL_ADDRESS : CopyStatus.BAD_REMOTE_ADDRESS);
            assertThat(copy.explanation()).contains("not writable");
        }
    }

    static Stream<Boolean> directions() {
        return Stream.of(true, false);
    }

    private long copy(Pages source, Pages destination, boolean reads, long lengthBytes) throws BackendException {
        DriverRegion from = reads ? far(source.memory()) : driver.wrap(source.memory());
        DriverRegion to = reads ? driver.wrap(destination.memory()) : far(destination.memory());
        return driver.copy(copy, from, OFFSET_BYTES, to, OFFSET_BYTES, lengthBytes);
    }

    private static void requirePrefix(ByteBuffer destination, long doneBytes) {
        for (int i = 0; i < destination.capacity(); i++) {
            boolean copied = i >= OFFSET_BYTES && i < OFFSET_BYTES + doneBytes;
            assertThat(destination.get(i)).as("byte %d", i).isEqualTo(copied ? Pages.pattern(i) : UNTOUCHED);
        }
    }
}
