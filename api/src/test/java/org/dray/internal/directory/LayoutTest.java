package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.dray.Access;
import org.dray.PeerId;
import org.dray.Vectors;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the shared files are the documented ones. */
class LayoutTest {
    private static final int SLOT_BYTES = 128;
    private static final int LANE_BYTES = 64 + 128 * 2 * 8;
    private static final Extents THIRTY_NINE = Extents.of(
            LongStream.range(0, 39).map(i -> 0x10000 + 0x1000 * i).toArray(),
            LongStream.rangeClosed(1, 39).toArray());

    private static final Extents KEYED = Extents.of(0xffff800000000000L, 1).withKey(0x1122334455667788L);

    @TempDir
    Path parent;

    private Instance instance;
    private OwnerDirectory directory;

    @BeforeEach
    void make() throws IOException {
        instance = Instance.create(Optional.of(parent.resolve("base")));
        directory = OwnerDirectory.create(instance);
    }

    @AfterEach
    void close() throws IOException {
        instance.close();
    }

    private byte[] bytes(String ending, int from, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(instance.file(ending).toFile(), "r")) {
            byte[] bytes = new byte[length];
            file.seek(from);
            file.readFully(bytes);
            return bytes;
        }
    }

    private Publication publishAll() throws BackendException {
        directory.publish("cma", Access.READ, false, Extents.of(0x7f0000001000L, 8192), -1);
        directory.publish("cma", Access.READ_WRITE, false, THIRTY_NINE, 0);
        return directory.publish("sixteen-letters0", Access.WRITE, true, KEYED, 0);
    }

    @Test
    void regionsHaveAHeaderThatNamesTheirOwner() throws IOException {
        assertThat(Vectors.text(bytes(".r", 0, 24))).isEqualTo(Vectors.text(Vectors.read("regions-header.hex")));
        assertThat(bytes(".r", 24, PeerId.BYTES)).isEqualTo(instance.self().toBytes());
        assertThat(Files.size(instance.file(".r"))).isEqualTo(4096 + (1 << 18) * SLOT_BYTES);
    }

    @Test
    void publishedRegionsLieInTheirSlots() throws Exception {
        publishAll();
        assertThat(Vectors.text(bytes(".r", 4096, 8 * SLOT_BYTES)))
                .isEqualTo(Vectors.text(Vectors.read("regions-slots.hex")));
    }

    @Test
    void hiddenRegionKeepsItsGenerationAndTheNextOneCountsOn() throws Exception {
        Publication first = directory.publish("cma", Access.READ, false, Extents.of(16, 8), -1);
        directory.hide(first);
        assertThat(bytes(".r", 4096, 8)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0);
        assertThat(directory.retire(first, System.nanoTime())).isTrue();
        Publication second = directory.publish("cma", Access.READ, false, Extents.of(16, 8), -1);
        assertThat(second.slot()).isEqualTo(first.slot());
        assertThat(bytes(".r", 4096, 8)).containsExactly(1, 0, 0, 0, 2, 0, 0, 0);
    }

    @Test
    void claimsHaveAHeaderThatNamesTheirOwner() throws IOException {
        assertThat(Vectors.text(bytes(".c", 0, 16))).isEqualTo(Vectors.text(Vectors.read("claims-header.hex")));
        assertThat(bytes(".c", 16, 8))
                .isEqualTo(Arrays.copyOfRange(instance.self().toBytes(), 56, 64));
        assertThat(Files.size(instance.file(".c"))).isEqualTo(4096 + 128 * LANE_BYTES + (1 << 18) * 8);
    }

    @Test
    void laneNamesItsHolderAndWhatItIsUsing() throws Exception {
        try (Instance peer = Instance.create(Optional.of(parent.resolve("base")));
                PeerDirectory lane = PeerDirectory.open(peer, instance.self())) {
            lane.slot(7, 1).claim(3, 1);
            lane.slot((1 << 18) - 1, -1).claim(127, 0);
            byte[] expected = Vectors.read("claims-lane.hex");
            System.arraycopy(peer.self().toBytes(), 56, expected, 0, 8);
            System.arraycopy(peer.self().toBytes(), 28, expected, 8, 4);
            assertThat(Vectors.text(bytes(".c", 4096, LANE_BYTES))).isEqualTo(Vectors.text(expected));
            lane.slot(7, 1).unclaim(3, 1);
            lane.slot((1 << 18) - 1, -1).unclaim(127, 0);
            assertThat(bytes(".c", 4096 + 64, 2048)).containsOnly(0);
        }
        assertThat(bytes(".c", 4096, 8)).as("given back").containsOnly(0);
    }

    @Test
    void singleUseWordIsTheGenerationAndThenItsComplement() throws Exception {
        Publication publication = publishAll();
        int word = 4096 + 128 * LANE_BYTES + 8 * 7;
        assertThat(bytes(".c", word - 56, 56)).as("words of other slots").containsOnly(0);
        assertThat(bytes(".c", word, 8)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
        try (Instance peer = Instance.create(Optional.of(parent.resolve("base")));
                PeerDirectory lane = PeerDirectory.open(peer, instance.self())) {
            assertThat(lane.slot(7, publication.generation()).consume()).isTrue();
            assertThat(lane.slot(7, publication.generation()).consume()).isFalse();
        }
        assertThat(bytes(".c", word, 8)).containsExactly(-2, -1, -1, -1, -1, -1, -1, -1);
        assertThat(directory.isConsumed(publication)).isTrue();
    }
}
