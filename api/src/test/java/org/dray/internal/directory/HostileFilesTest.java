package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.TestSeed;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared files with contents that no Dray writes. Whatever they are, there is a status, and an end. */
@Timeout(60)
class HostileFilesTest {
    private static final int SLOT = 4096;
    private static final int EXTENTS = 40;

    @TempDir
    Path parent;

    private Instance owner;
    private Instance peer;
    private OwnerDirectory directory;
    private Publication published;

    @BeforeEach
    void publish() throws IOException, BackendException {
        Optional<Path> base = Optional.of(parent.resolve("base"));
        owner = Instance.create(base);
        peer = Instance.create(base);
        directory = OwnerDirectory.create(owner);
        Extents extents = Extents.of(
                LongStream.range(0, EXTENTS).map(i -> 4096 * i).toArray(),
                LongStream.range(0, EXTENTS).map(i -> 100).toArray());
        published = directory.publish("toy", Access.READ_WRITE, false, extents, -1);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        owner.close();
    }

    private void write(String ending, long offset, long... words) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        try (RandomAccessFile file = new RandomAccessFile(owner.file(ending).toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes.array());
        }
    }

    private void read() throws IOException, StaleException {
        try (PeerDirectory lane = PeerDirectory.open(peer, owner.self())) {
            lane.read(published.slot(), published.generation());
        }
    }

    private void assertStatus(CopyStatus status, String... texts) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(status))
                .message()
                .contains(texts);
    }

    @Test
    void soundFilesAreRead() throws Exception {
        read();
    }

    @ParameterizedTest(name = "word {0} = {1}")
    @CsvSource({
        "1, 0",
        "1, -1",
        "1, 3999",
        "1, 9223372036854775807", // length
        "2, 3",
        "2, 171798691840",
        "2, 171798691844",
        "2, 176093659139", // no extent; no access; access 4; 41 extents
        "2, -4294967293",
        "2, 9223372032559808515",
        "2, 4503599627370499", // -1, 2^31-1, 2^20 extents
        "3, -1",
        "3, 1125899906842624",
        "3, 9223372032559808512", // next slot: -1, 2^18, 2^31-1
        "7, 0",
        "7, -100",
        "7, 9223372036854775807",
        "7, -9223372036854775808", // length of the first extent
        "6, -1",
        "6, -99" // a range that wraps around
    })
    void impossibleSlotIsNonsense(int word, long value) throws IOException {
        write(".r", SLOT + 8L * word, value);
        assertStatus(CopyStatus.TOKEN_INVALID, "slot 0", "holds nonsense");
    }

    @ParameterizedTest(name = "next slot {0}")
    @ValueSource(longs = {-1, 0, 262_144, Long.MIN_VALUE, Long.MAX_VALUE})
    void furtherSlotsThatLeadAstrayComeToAnEnd(long next) throws IOException {
        write(".r", SLOT + 128 + 8, next);
        assertStatus(CopyStatus.TOKEN_INVALID, "holds nonsense");
    }

    @Test
    void chainThatRunsInACircleComesToAnEnd() throws IOException {
        long count = RegionsLayout.MAX_EXTENTS;
        write(".r", SLOT + 16, 3 | (count << 32));
        write(".r", SLOT + 128 + 8, 1);
        assertStatus(CopyStatus.TOKEN_INVALID, "holds nonsense");
    }

    @Test
    void lastAddressesOfTheSpaceAreNotWrapped() throws Exception {
        directory.hide(published);
        assertThat(directory.retire(published, System.nanoTime())).isTrue();
        published = directory.publish("toy", Access.READ, false, Extents.of(-100, 100), -1);
        read();
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1_0000_0000L, 0x2_0000_0001L, 0x1_0000_0003L, 0, -1})
    void otherStateIsStale(long state) throws IOException {
        write(".r", SLOT, state);
        assertThatThrownBy(this::read).isInstanceOf(StaleException.class).hasMessageContaining("generation 1");
    }

    @Test
    void otherMajorVersionIsRefusedWithBothNumbers() throws IOException {
        write(".c", 8, (2L << 16) | 7);
        assertStatus(
                CopyStatus.TOKEN_INVALID, "the owner's file of claims has format version 2.7, this Dray reads 1.x");
        write(".r", 8, 0xffff_ffff_0003L);
        assertStatus(CopyStatus.TOKEN_INVALID, "the owner's file of regions has format version");
    }

    @Test
    void laterMinorVersionIsRead() throws Exception {
        write(".r", 8, (1L << 16) | 9);
        write(".c", 8, (1L << 16) | 9);
        read();
    }

    @ParameterizedTest
    @ValueSource(strings = {".r", ".c"})
    void wrongMagicIsRefused(String ending) throws IOException {
        write(ending, 0, 4711);
        assertStatus(CopyStatus.TOKEN_INVALID, "wrong magic");
    }

    @Test
    void filesOfAnotherInstanceAreRefused() throws IOException {
        write(".c", 16, 4711);
        assertStatus(CopyStatus.PEER_REPLACED, "belongs to another process");
        write(".r", 24 + 56, 4711);
        assertStatus(CopyStatus.TOKEN_INVALID, "the peer id is damaged");
    }

    @ParameterizedTest
    @CsvSource({".r, 0", ".r, 4096", ".r, 33558527", ".r, 33558529", ".c, 0", ".c, 2240511"})
    void fileOfAnotherSizeIsRefused(String ending, long sizeBytes) throws IOException {
        Path file = owner.file(ending);
        Files.delete(file);
        try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
            other.setLength(sizeBytes);
        }
        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " has " + sizeBytes + " bytes, not");
    }

    @ParameterizedTest
    @ValueSource(strings = {".r", ".c"})
    void linkInPlaceOfAFileIsRefused(String ending) throws IOException {
        Path file = owner.file(ending);
        Path moved = Files.move(file, parent.resolve("moved"));
        Files.createSymbolicLink(file, moved);
        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessage(file + " is not a file");
    }

    @Test
    void randomWordsInASlotGiveAStatusOnly() throws IOException {
        TestSeed seed = TestSeed.next();
        Random random = seed.random();
        try (PeerDirectory lane = PeerDirectory.open(peer, owner.self());
                RandomAccessFile file = new RandomAccessFile(owner.file(".r").toFile(), "rw")) {
            byte[] sound = new byte[6 * 128];
            file.seek(SLOT);
            file.readFully(sound);
            for (int i = 0; i < 20_000; i++) {
                ByteBuffer bytes = ByteBuffer.wrap(sound.clone()).order(ByteOrder.LITTLE_ENDIAN);
                for (int j = 0; j <= random.nextInt(3); j++) {
                    int word = 1 + random.nextInt(sound.length / 8 - 1);
                    long value = random.nextLong() >> random.nextInt(64);
                    bytes.putLong(8 * word, random.nextBoolean() ? value : bytes.getLong(8 * word) ^ (value & 0xffff));
                }
                file.seek(SLOT);
                file.write(bytes.array());
                readOrFail(lane, seed);
            }
        }
    }

    private void readOrFail(PeerDirectory lane, TestSeed seed) {
        try {
            assertThat(lane.read(published.slot(), published.generation())
                            .region()
                            .extents()
                            .byteSize())
                    .isPositive();
        } catch (StaleException e) {
            throw new AssertionError(seed.toString(), e);
        } catch (CopyException e) {
            assertThat(e.status()).as(seed.toString()).isEqualTo(CopyStatus.TOKEN_INVALID);
        }
    }

    @Test
    void slotsThatDoNotExistAreStale() throws IOException {
        try (PeerDirectory lane = PeerDirectory.open(peer, owner.self())) {
            for (int slot : new int[] {-1, 1 << 18, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertThatThrownBy(() -> lane.read(slot, 1)).isInstanceOf(StaleException.class);
                assertThatThrownBy(() -> lane.readAnyGeneration(slot)).isInstanceOf(StaleException.class);
            }
        }
    }

    @Test
    void garbageInTheClaimsDelaysACloseToItsBoundAndNoLonger() throws Exception {
        Random random = new Random(1);
        long claim = published.claim();
        for (int lane = 0; lane < ClaimsLayout.LANES; lane++) {
            write(".c", ClaimsLayout.laneOffset(lane), owner.self().instance() ^ random.nextInt(), random.nextLong());
            for (int i = 0; i < 4; i++) {
                write(".c", ClaimsLayout.claimOffset(lane, random.nextInt(64), i % 2), claim);
            }
        }
        directory.hide(published);
        assertThat(directory.retire(published, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100)))
                .isFalse();
        for (int lane = 0; lane < ClaimsLayout.LANES; lane++) {
            write(".c", ClaimsLayout.laneOffset(lane), 0);
        }
        assertThat(directory.retire(published, System.nanoTime())).isTrue();
    }

    @Test
    void randomLanesNeverMakeACloseThrow() throws Exception {
        Random random = new Random(2);
        for (int lane = 0; lane < ClaimsLayout.LANES; lane++) {
            long[] words = random.longs(ClaimsLayout.LANE_BYTES / 8).toArray();
            write(".c", ClaimsLayout.laneOffset(lane), words);
        }
        directory.hide(published);
        assertThat(directory.retire(published, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)))
                .isTrue();
    }

    /**
     * A page that is gone is a signal, which the JVM turns into an error of the thread that touched it, sooner or
     * later: hence a thread of its own, which touches the page until the error comes.
     */
    @Test
    void truncatedFileIsAnErrorOfTheThreadAndNoCrash() throws Exception {
        try (PeerDirectory lane = PeerDirectory.open(peer, owner.self())) {
            try (RandomAccessFile file = new RandomAccessFile(owner.file(".r").toFile(), "rw")) {
                file.setLength(0);
            }
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Thread toucher = new Thread(() -> touchUntilItFails(lane, seen));
            toucher.start();
            toucher.join();
            assertThat(seen.get()).isInstanceOf(InternalError.class);
        }
    }

    private void touchUntilItFails(PeerDirectory lane, AtomicReference<Throwable> seen) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            while (System.nanoTime() < end) {
                lane.slot(published.slot(), published.generation()).isPublished();
            }
        } catch (InternalError e) {
            seen.set(e);
        }
    }
}
