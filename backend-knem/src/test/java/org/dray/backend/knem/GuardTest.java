package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.linux.Memory;
import org.dray.spi.Extents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What would stop the kernel of a machine with the genuine driver. Each row is tried from above; the emulated device
 * ends the whole test run if one of these calls reaches it.
 */
class GuardTest {
    private Dray dray;
    private CopyEngine engine;

    @BeforeEach
    void load() {
        dray = Dray.load(DrayOptions.builder().require("knem").build());
        engine = dray.engine("knem");
    }

    @AfterEach
    void close() {
        dray.close();
    }

    /** Z1: a longer array overflows a table in the kernel. */
    @Test
    void statusArrayIsOnePage() throws IOException {
        try (KnemContext context = KnemContext.withArray("/dev/knem")) {
            assertThat(KnemContext.index(KnemContext.SLOTS - 1)).isLessThan(Abi.STATUS_SLOTS);
            assertThat(context.status(KnemContext.SLOTS - 1)).isEqualTo(Abi.PENDING);
            assertThatThrownBy(() -> context.status(KnemContext.SLOTS)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(Abi.STATUS_SLOTS).isEqualTo(4096).isLessThanOrEqualTo(Memory.pageSizeBytes());
    }

    /** Z2: a poll of a descriptor that was opened for reading. */
    @Test
    void statisticsAreReadAndNothingElse() {
        assertThat(Statistics.version("/dev/knem")).startsWith("knem 1.1.4");
    }

    /** Z3: the driver's answer meets memory that cannot be written. */
    @Test
    void argumentsLieInWritableMemory() throws Exception {
        try (Request request = new Request();
                KnemContext context = new KnemContext("/dev/knem")) {
            request.info(context.fd());
            assertThat(permissionsAt(addressOf(request))).startsWith("rw");
        }
    }

    private static long addressOf(Request request) throws ReflectiveOperationException {
        var field = Request.class.getDeclaredField("address");
        field.setAccessible(true);
        return field.getLong(request);
    }

    private static String permissionsAt(long address) throws IOException {
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            return mappings.map(line -> line.split("[- ]", 4))
                    .filter(line -> Long.compareUnsigned(Long.parseUnsignedLong(line[0], 16), address) <= 0
                            && Long.compareUnsigned(address, Long.parseUnsignedLong(line[1], 16)) < 0)
                    .map(line -> line[2])
                    .findFirst()
                    .orElse("unmapped");
        }
    }

    /** Z4: a segment that wraps around is registered without pages. */
    @Test
    void segmentsThatWrapAroundAreRefused() {
        assertThatThrownBy(() -> dray.wrapAddress(-4096, 8192, this)).isInstanceOf(IllegalArgumentException.class);
        try (Request request = new Request();
                KnemContext context = new KnemContext("/dev/knem")) {
            for (Extents memory : List.of(Extents.of(-4096, 8192), Extents.of(-4096, 4096))) {
                assertThatThrownBy(() -> request.create(context.fd(), memory, 0, Abi.PROTECTION_READ))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is no memory");
            }
            Extents longest = Extents.of(4096, Long.MAX_VALUE - 4096 + 1);
            assertThat(request.create(context.fd(), longest, 0, Abi.PROTECTION_READ))
                    .as("long, but it does not wrap")
                    .isNegative();
        }
    }

    /** Z5: the queue of events that a context has once it has a status array. */
    @Test
    void contextWithoutAStatusArrayHasNoEvents() {
        try (KnemContext context = new KnemContext("/dev/knem")) {
            assertThatThrownBy(context::eventsFd).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new Readiness(context)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Z7: more segments than a kernel allocation holds. */
    @Test
    void manySegmentsAreRefused() {
        List<ByteBuffer> segments = Stream.generate(() -> ByteBuffer.allocateDirect(1))
                .limit(Abi.MAX_SEGMENTS + 1)
                .toList();
        try (MemoryRegion tooMany = dray.wrap(segments)) {
            assertThatThrownBy(() -> engine.register(tooMany, Access.READ))
                    .isInstanceOfAny(IllegalArgumentException.class, CopyException.class)
                    .hasMessageContaining("1025 segments");
        }
        try (MemoryRegion most = dray.wrap(segments.subList(1, segments.size()));
                MemoryRegion region = engine.register(most, Access.READ)) {
            assertThat(region.byteSize()).isEqualTo(Abi.MAX_SEGMENTS);
        }
    }

    /** Z8: lengths whose sum wraps around. */
    @Test
    void lengthsWhoseSumWrapsAroundAreRefused() {
        assertThatThrownBy(() -> Extents.of(new long[] {4096, 8192}, new long[] {Long.MAX_VALUE, 2}))
                .isInstanceOf(ArithmeticException.class);
    }
}
