package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.spi.PublishedRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner's device against peers that ask for what they may not have, that die, and that are mad. */
class DeviceTest {
    private static final int SLOT = 3;
    private static final int GENERATION = 7;
    private static final int REGION_BYTES = 1000;
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final TestCopy context = new TestCopy();
    private final ByteBuffer window = ByteBuffer.allocateDirect(REGION_BYTES);
    private TestLink link;
    private SimDriver driver;
    private SimPeer peer;
    private ByteBuffer memory;
    private DriverRegion registered;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        link = new TestLink(directory, (int) ProcessHandle.current().pid());
        driver = new SimDriver(link, SimSettings.read());
        memory = Fixture.direct(Fixture.random(REGION_BYTES, 1));
        registered = publish(memory, Access.READ_WRITE, SLOT, GENERATION);
        peer = SimPeer.connect(link, BOUND_NANOS);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private DriverRegion publish(ByteBuffer bytes, Access access, int slot, int generation) throws BackendException {
        DriverRegion region = driver.register(LocalMemory.ofBuffers(List.of(bytes)), access);
        driver.published(region, slot, generation);
        return region;
    }

    private PublishedRegion published(int slot, int generation) {
        return new PublishedRegion(slot, generation, Access.READ_WRITE, false, registered.extents());
    }

    private CopyStatus read(int slot, int generation, long offsetBytes, int lengthBytes) {
        context.forget();
        int moved = peer.transfer(context, published(slot, generation), false, offsetBytes, window, lengthBytes);
        return moved == lengthBytes ? CopyStatus.OK : context.outcome();
    }

    @Test
    void aRegionIsServedUnderItsNameOnly() {
        assertThat(read(SLOT, GENERATION, 0, 10)).isEqualTo(CopyStatus.OK);
        assertThat(read(SLOT, GENERATION + 1, 0, 10)).isEqualTo(CopyStatus.TOKEN_STALE);
        assertThat(read(SLOT + 1, GENERATION, 0, 10)).isEqualTo(CopyStatus.TOKEN_STALE);
        assertThat(read(-1, GENERATION, 0, 10)).isEqualTo(CopyStatus.TOKEN_STALE);
    }

    @Test
    void aClosedRegionIsServedNoMore() {
        registered.close();
        assertThat(read(SLOT, GENERATION, 0, 10)).isEqualTo(CopyStatus.TOKEN_STALE);
    }

    @Test
    void aSlotThatIsUsedAgainServesTheNewRegion() throws Exception {
        registered.close();
        publish(Fixture.direct(new byte[] {42}), Access.READ, SLOT, GENERATION + 1);
        assertThat(read(SLOT, GENERATION, 0, 1)).isEqualTo(CopyStatus.TOKEN_STALE);
        assertThat(read(SLOT, GENERATION + 1, 0, 1)).isEqualTo(CopyStatus.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 10",
        "991, 10",
        "1000, 1",
        "9223372036854775807, 10",
        "-9223372036854775808, 10",
        "0, 0",
        "0, -1",
        "0, 2147483647"
    })
    void aRangeOutsideTheRegionIsRefused(long offsetBytes, int lengthBytes) {
        assertThat(answerTo(offsetBytes, lengthBytes, false, SLOT)).isEqualTo(Mailboxes.REFUSED);
    }

    @Test
    void aDirectionThatTheOwnerDidNotAllowIsRefused() throws Exception {
        publish(Fixture.direct(new byte[1]), Access.READ, SLOT + 1, GENERATION);
        publish(Fixture.direct(new byte[1]), Access.WRITE, SLOT + 2, GENERATION);
        assertThat(answerTo(0, 1, true, SLOT + 1)).isEqualTo(Mailboxes.REFUSED);
        assertThat(answerTo(0, 1, false, SLOT + 2)).isEqualTo(Mailboxes.REFUSED);
    }

    private long answerTo(long offsetBytes, int lengthBytes, boolean write, int slot) {
        Mailboxes mailboxes = mailboxes();
        assertThat(mailboxes.claim(0, 1L << 32)).isTrue();
        mailboxes.post(0, slot, GENERATION, offsetBytes, lengthBytes, write);
        while (!mailboxes.isAnswered(0)) {
            Thread.onSpinWait();
        }
        long result = mailboxes.result(0);
        mailboxes.free(0);
        return result;
    }

    private ByteBuffer words() throws IOException {
        return MappedFile.mapPart(link.file(SimDriver.MAILBOXES), MappedFile.EXISTING, 0, 4096)
                .order(ByteOrder.nativeOrder());
    }

    private Mailboxes mailboxes() {
        try {
            return Mailboxes.open(link.file(SimDriver.MAILBOXES));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void garbageInTheMailboxesHarmsNobody() throws Exception {
        byte[] guard = Fixture.random(REGION_BYTES, 2);
        ByteBuffer readOnly = Fixture.direct(guard);
        publish(readOnly, Access.READ, SLOT + 1, GENERATION);
        ByteBuffer words = words();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2_000_000; i++) {
            // All but the header; the state words get a pending request now and then.
            int word = 16 + random.nextInt((4096 - 128) / Long.BYTES);
            words.putLong(word * Long.BYTES, random.nextBoolean() ? random.nextLong() : random.nextInt(5));
        }
        for (int word = 16; word < 4096 / Long.BYTES; word++) {
            words.putLong(word * Long.BYTES, 0);
        }
        assertThat(read(SLOT, GENERATION, 0, REGION_BYTES)).isEqualTo(CopyStatus.OK);
        assertThat(Fixture.bytes(readOnly)).isEqualTo(guard);
    }

    @Test
    void aTruncatedFileUnderARegionDoesNotEndTheDevice(@TempDir Path files) throws Exception {
        try (FileChannel channel = FileChannel.open(files.resolve("file"), MappedFile.CREATED)) {
            publish(channel.map(FileChannel.MapMode.READ_WRITE, 0, 10_000), Access.READ, SLOT + 1, GENERATION);
            channel.truncate(0);
        }
        // What becomes of the copies from the file is the JVM's choice: it may notice late. Compiled, it differs again.
        for (int i = 0; i < 2_000; i++) {
            read(SLOT, GENERATION, 0, REGION_BYTES);
        }
        for (int i = 0; i < 100; i++) {
            read(SLOT + 1, GENERATION, 0, REGION_BYTES);
            CopyStatus next = read(SLOT, GENERATION, 0, REGION_BYTES);
            assertThat(next).isIn(CopyStatus.OK, CopyStatus.BAD_REMOTE_ADDRESS);
        }
        assertThat(read(SLOT, GENERATION, 0, REGION_BYTES)).isEqualTo(CopyStatus.OK);
    }

    @Test
    void mailboxesOfDeadPeersAreGivenToTheLiving() throws Exception {
        Process dead = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        dead.waitFor();
        Mailboxes mailboxes = mailboxes();
        for (int box = 0; box < Mailboxes.COUNT; box++) {
            assertThat(mailboxes.claim(box, dead.pid() << 32 | 1)).isTrue();
        }
        assertThat(read(SLOT, GENERATION, 0, 10)).isEqualTo(CopyStatus.OK);
    }

    @Test
    void aFileOfAnotherFormatIsRefusedWithBothFormats() throws Exception {
        words().putLong(0, 99);
        assertThat(catchThrowableOfType(BackendException.class, () -> SimPeer.connect(link, BOUND_NANOS)))
                .hasMessageContaining("format 0000000000000063")
                .hasMessageContaining("this backend knows");
    }

    @Test
    void theThreadLivesFromTheFirstPublishedRegionToTheEnd(@TempDir Path other) throws Exception {
        long before = deviceThreads();
        SimDriver second = new SimDriver(new TestLink(other, 1), SimSettings.read());
        DriverRegion region = second.register(LocalMemory.ofBuffers(List.of(memory)), Access.READ);
        assertThat(deviceThreads()).isEqualTo(before);
        second.published(region, 0, 1);
        assertThat(deviceThreads()).isEqualTo(before + 1);
        second.close();
        assertThat(deviceThreads()).isEqualTo(before);
    }

    private static long deviceThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("dray-sim-device"))
                .count();
    }
}
