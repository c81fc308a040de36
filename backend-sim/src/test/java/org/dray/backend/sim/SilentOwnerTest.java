package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.spi.Extents;
import org.dray.spi.PublishedRegion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Owners whose device does not answer. */
class SilentOwnerTest {
    private static final PublishedRegion REGION =
            new PublishedRegion(0, 1, Access.READ_WRITE, false, Extents.of(0, 100));

    private static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final TestCopy context = new TestCopy();

    @TempDir
    Path directory;

    private CopyStatus copyFrom(int pid) throws Exception {
        SimPeer peer = SimPeer.connect(new TestLink(directory, pid), BOUND_NANOS);
        int moved = peer.transfer(context, REGION, false, 0, ByteBuffer.allocateDirect(100), 100);
        assertThat(moved).isZero();
        return context.outcome();
    }

    @Test
    void anOwnerThatIsSilentIsGivenUpAfterTheBoundAndItsMailboxIsFreeAgain() throws Exception {
        Mailboxes mailboxes = Mailboxes.create(directory.resolve(SimDriver.MAILBOXES));
        assertThat(copyFrom((int) ProcessHandle.current().pid())).isEqualTo(CopyStatus.TIMEOUT);
        assertThat(mailboxes.serve(0)).isFalse();
        assertThat(mailboxes.claim(0)).isZero();
    }

    @Test
    void aMailboxThatTheDeviceWasUsingIsFreeOnlyAfterItsAnswer() throws Exception {
        Mailboxes mailboxes = Mailboxes.create(directory.resolve(SimDriver.MAILBOXES));
        Thread device = new Thread(() -> {
            while (!mailboxes.serve(0)) {
                Thread.onSpinWait();
            }
        });
        device.start();
        assertThat(copyFrom((int) ProcessHandle.current().pid())).isEqualTo(CopyStatus.TIMEOUT);
        device.join();
        assertThat(mailboxes.claim(0)).isNotZero();
        mailboxes.answer(0, 100);
        assertThat(mailboxes.claim(0)).isZero();
    }

    @Test
    void nonsenseInTheMailboxEndsTheWaitAsWell() throws Exception {
        Path file = directory.resolve(SimDriver.MAILBOXES);
        Mailboxes mailboxes = Mailboxes.create(file);
        ByteBuffer words = MappedFile.mapPart(file, MappedFile.EXISTING, 0, 4096);
        Thread vandal = new Thread(() -> {
            while (!mailboxes.serve(0)) {
                Thread.onSpinWait();
            }
            for (int word = 128; word < 256; word += Long.BYTES) {
                words.putLong(word, 0x7777_7777_7777_7777L);
            }
        });
        vandal.start();
        assertThat(copyFrom((int) ProcessHandle.current().pid())).isEqualTo(CopyStatus.TIMEOUT);
        vandal.join();
    }

    @Test
    void anOwnerThatClosedItsEngineIsStale() throws Exception {
        Mailboxes.create(directory.resolve(SimDriver.MAILBOXES)).close();
        assertThat(copyFrom((int) ProcessHandle.current().pid())).isEqualTo(CopyStatus.TOKEN_STALE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatDoesNotHaveTheMailboxesMappedHasReplacedItsProgram() throws Exception {
        Mailboxes.create(directory.resolve(SimDriver.MAILBOXES));
        Process other = new ProcessBuilder("sleep", "100").start();
        try {
            assertThat(copyFrom((int) other.pid())).isEqualTo(CopyStatus.PEER_REPLACED);
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
