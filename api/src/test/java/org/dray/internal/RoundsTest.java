package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done often leaves nothing behind. */
class RoundsTest {
    @RegisterExtension
    final Toys toys = new Toys();

    @Test
    void openingAndClosingLeavesNoFileDescriptorMappingOrThread() throws IOException {
        round();
        long descriptors = descriptors();
        int threads = Thread.getAllStackTraces().size();
        for (int i = 0; i < 1000; i++) {
            round();
        }
        assertThat(toys.files()).isEmpty();
        assertThat(descriptors()).isEqualTo(descriptors);
        assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threads);
        Background.await(() -> {
            System.gc();
            return mappings() < 10;
        });
    }

    /** An owner and a peer, with every file that they can have. */
    private void round() {
        DrayCore owner = toys.loadForgotten();
        DrayCore peer = toys.loadForgotten();
        MemoryRegion region = owner.engine("toy").register(Toys.empty(8), Access.READ, RegionOption.SINGLE_USE);
        peer.engine("toy").attach(region.token());
        owner.close();
        peer.close();
    }

    private static long descriptors() throws IOException {
        if (!Files.exists(Path.of("/proc/self/fd"))) {
            return 0;
        }
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.count();
        }
    }

    /** Mappings of files in the directory of this test, which the collector removes. */
    private long mappings() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(toys.directory().toString()))
                    .count();
        } catch (IOException noProc) {
            return 0;
        }
    }

    @Test
    void registeringAndClosingLeavesNoSlot() {
        DrayCore owner = toys.load();
        CopyEngine engine = owner.engine("toy");
        ByteBuffer memory = Toys.empty(8);
        int slot = engine.register(memory, Access.READ).token().slot();
        for (int i = 0; i < 20_000; i++) {
            MemoryRegion region = engine.register(memory, Access.READ);
            assertThat(region.token().slot()).isEqualTo(slot + 1);
            assertThat(region.token().generation()).isEqualTo(i + 1);
            region.close();
        }
        assertThat(toys.toy.openRegions())
                .as("the first one, and the trial region")
                .isEqualTo(2);
    }

    @Test
    void attachingAndClosingLeavesNoLane() {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        MemoryRegion region = owner.engine("toy").register(Toys.filled(8, 1), Access.READ);
        for (int i = 0; i < 2_000; i++) {
            peer.engine("toy").attach(region.token()).close();
        }
        assertThat(toys.toy.openPeers()).isZero();
        assertThat(toys.toy.openRegions()).isEqualTo(2);
    }

    @Test
    void wrappingAndClosingLeavesNothing() {
        DrayCore dray = toys.load();
        ByteBuffer memory = Toys.filled(8, 1);
        MemoryRegion to = dray.wrap(Toys.empty(8));
        for (int i = 0; i < 20_000; i++) {
            try (MemoryRegion from = dray.wrap(memory)) {
                dray.engine("toy").copy(from, 0, to, 0, 8);
            }
        }
        assertThat(toys.toy.openRegions()).as("of the destination").isEqualTo(1);
    }
}
