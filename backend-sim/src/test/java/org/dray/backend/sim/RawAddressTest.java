package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RawAddressTest {
    private static final int PAGE_BYTES = 65_536; // of any architecture

    private Path file;
    private Fixture fixture;

    /** Two pages of a file, mapped, of which the test knows the address. */
    private MappedByteBuffer pages;

    private long address;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        fixture = new Fixture(directory);
        file = directory.resolve("two-pages");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            pages = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * PAGE_BYTES);
        }
        String line = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(text -> text.contains(file.toString()))
                .findFirst()
                .orElseThrow();
        address = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void bytesAtAnAddressAreReadAndWritten() {
        MemoryRegion raw = fixture.peer.wrapAddress(address, 2 * PAGE_BYTES, pages);
        byte[] sent = Fixture.random(2 * PAGE_BYTES, 1);
        fixture.write(raw, sent);
        assertThat(Fixture.firstDifference(sent, Fixture.bytes(pages))).isEqualTo(-1);
        assertThat(Fixture.firstDifference(sent, fixture.read(raw))).isEqualTo(-1);
    }

    @Test
    void aPeerReachesARegisteredAddress() {
        MemoryRegion far = fixture.attach(fixture.owner.wrapAddress(address + 1, 100, pages));
        byte[] sent = Fixture.random(100, 2);
        fixture.write(far, sent);
        assertThat(pages.get(1)).isEqualTo(sent[0]);
        assertThat(fixture.read(far)).isEqualTo(sent);
    }

    @Test
    void aRangeThatNoProcessCanHaveIsRefusedAtOnce() {
        MemoryRegion raw = fixture.peer.wrapAddress(address, Long.MAX_VALUE - address, pages);

        CopyException e = catchThrowableOfType(CopyException.class, () -> fixture.engine.register(raw, Access.READ));

        assertThat(e.status()).isEqualTo(CopyStatus.BAD_LOCAL_ADDRESS);
    }

    @Test
    void aHoleInTheSourceIsToldWithTheExactPrefix() throws Exception {
        loseTheSecondPage();
        MemoryRegion raw = fixture.peer.wrapAddress(address, 2 * PAGE_BYTES, pages);
        ByteBuffer target = Fixture.direct(Fixture.random(2 * PAGE_BYTES, 3));
        byte[] before = Fixture.bytes(target);

        CopyException e = copyFails(raw, fixture.peer.wrap(target));

        assertThat(e.status()).isEqualTo(CopyStatus.BAD_LOCAL_ADDRESS);
        assertThat(e.bytesDone()).hasValue(PAGE_BYTES);
        assertThat(Fixture.firstDifference(before, Fixture.bytes(target))).isEqualTo(0);
        System.arraycopy(new byte[PAGE_BYTES], 0, before, 0, PAGE_BYTES);
        assertThat(Fixture.firstDifference(before, Fixture.bytes(target))).isEqualTo(-1);
    }

    @Test
    void aHoleInTheDestinationIsToldWithTheExactPrefix() throws Exception {
        loseTheSecondPage();
        MemoryRegion raw = fixture.peer.wrapAddress(address, 2 * PAGE_BYTES, pages);
        byte[] sent = Fixture.random(2 * PAGE_BYTES, 4);

        CopyException e = copyFails(fixture.peer.wrap(Fixture.direct(sent)), raw);

        assertThat(e.status()).isEqualTo(CopyStatus.BAD_LOCAL_ADDRESS);
        assertThat(e.bytesDone()).hasValue(PAGE_BYTES);
        assertThat(pages.get(PAGE_BYTES - 1)).isEqualTo(sent[PAGE_BYTES - 1]);
    }

    @Test
    void aHoleOfTheOwnerIsARemoteOne() throws Exception {
        loseTheSecondPage();
        MemoryRegion far = fixture.attach(fixture.owner.wrapAddress(address, 2 * PAGE_BYTES, pages));

        CopyException e = copyFails(far, fixture.peer.wrap(ByteBuffer.allocateDirect(2 * PAGE_BYTES)));

        assertThat(e.status()).isEqualTo(CopyStatus.BAD_REMOTE_ADDRESS);
        assertThat(e.bytesDone()).hasValue(PAGE_BYTES);
    }

    @Test
    void anAddressThatIsNotMappedIsAStatus() {
        MemoryRegion raw = fixture.peer.wrapAddress(4096, 64, this);
        CopyException e = copyFails(raw, fixture.peer.wrap(ByteBuffer.allocateDirect(64)));
        assertThat(e.status()).isEqualTo(CopyStatus.BAD_LOCAL_ADDRESS);
        assertThat(e.bytesDone()).hasValue(0);
    }

    @Test
    void whatKeepsAnAddressValidIsReachableUntilTheRegionIsClosed() {
        MemoryRegion region = registered(new Object());
        System.gc();
        assertThat(lastKept.get()).isNotNull();
        region.close();
    }

    private WeakReference<Object> lastKept = new WeakReference<>(null);

    private MemoryRegion registered(Object keepAlive) {
        lastKept = new WeakReference<>(keepAlive);
        try (MemoryRegion wrapped = fixture.owner.wrapAddress(address, 1, keepAlive)) {
            return fixture.owner.engine("sim").register(wrapped, Access.READ);
        }
    }

    private void loseTheSecondPage() throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(PAGE_BYTES);
        }
    }

    private CopyException copyFails(MemoryRegion from, MemoryRegion to) {
        return catchThrowableOfType(CopyException.class, () -> fixture.engine.copy(from, 0, to, 0, from.byteSize()));
    }
}
