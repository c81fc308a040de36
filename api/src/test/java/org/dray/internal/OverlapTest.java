package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.dray.TestSeed;
import org.dray.spi.Extents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
    @ParameterizedTest(name = "{0} and {1}, {2} bytes: {3}")
    @CsvSource({
        "100, 110, 10, false",
        "100, 109, 10, true",
        "109, 100, 10, true",
        "110, 100, 10, false",
        "0, 0, 1, true",
        "-10, 0, 10, false", // the end of all addresses, and their beginning
        "-10, -1, 10, true",
        "9223372036854775800, -9223372036854775808, 8, false", // across the middle, where signs change
        "9223372036854775800, -9223372036854775808, 9, true",
        "-9223372036854775808, 9223372036854775800, 9, true",
        "9223372036854775800, 9223372036854775807, 10, true",
        "0, -9223372036854775808, 9223372036854775807, false"
    })
    void addressesAreUnsigned(long source, long destination, long lengthBytes, boolean expected) {
        Extents from = Extents.of(source, lengthBytes);
        Extents to = Extents.of(destination, lengthBytes);
        assertThat(Overlap.exists(from, 0, to, 0, lengthBytes)).isEqualTo(expected);
        assertThat(Overlap.needsStepsFromTheEnd(from, 0, to, 0, lengthBytes))
                .isEqualTo(expected && destination - source > 0);
    }

    @Test
    void randomSegmentsAgreeWithSetsOfBytes() {
        TestSeed seed = TestSeed.next();
        Random random = seed.random();
        for (int round = 0; round < 20_000; round++) {
            Extents from = extents(random);
            Extents to = extents(random);
            int length = (int) Math.min(from.byteSize(), to.byteSize());
            int start = random.nextInt((int) from.byteSize() - length + 1);
            int target = random.nextInt((int) to.byteSize() - length + 1);
            length = 1 + random.nextInt(length);
            boolean shared = false;
            boolean writtenBeforeRead = false;
            for (int i = 0; i < length; i++) {
                for (int j = 0; j < length; j++) {
                    boolean same = address(from, start + i) == address(to, target + j);
                    shared |= same;
                    writtenBeforeRead |= same && j < i;
                }
            }
            assertThat(Overlap.exists(from, start, to, target, length))
                    .as(seed.toString())
                    .isEqualTo(shared);
            assertThat(Overlap.needsStepsFromTheEnd(from, start, to, target, length))
                    .as(seed.toString())
                    .isEqualTo(writtenBeforeRead);
        }
    }

    /** Up to three segments of up to six bytes in a space of thirty. */
    private static Extents extents(Random random) {
        int count = 1 + random.nextInt(3);
        long[] base = new long[count];
        long[] length = new long[count];
        for (int i = 0; i < count; i++) {
            base[i] = random.nextInt(30);
            length[i] = 1 + random.nextInt(6);
        }
        return Extents.of(base, length);
    }

    private static long address(Extents extents, int offset) {
        int i = 0;
        long left = offset;
        while (left >= extents.lengthBytes(i)) {
            left -= extents.lengthBytes(i);
            i++;
        }
        return extents.base(i) + left;
    }
}
