package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dray.CopyStatus;
import org.dray.linux.Memory;
import org.dray.linux.Processes;
import org.dray.linux.Signals;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What can become of the process that owns a region. */
class OwnerTest extends DriverTest {
    private static final int BYTES = 4096;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

    @Test
    void bytesPassBothWays() throws BackendException {
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            DriverRegion far = owner.region(peer);

            assertThat(driver.copy(copy, far, 100, near(), 0, BYTES)).isEqualTo(BYTES);
            assertThat(buffer.get(0)).isEqualTo(Pages.pattern(100));
            assertThat(buffer.get(BYTES - 1)).isEqualTo(Pages.pattern(100 + BYTES - 1));

            buffer.put(1, (byte) 77);
            assertThat(driver.copy(copy, near(), 1, far, 5000, 1)).isEqualTo(1);
            assertThat(owner.ask("get 5000")).isEqualTo("77");
        }
    }

    @Test
    void protectedMemoryOfTheOwnerIsNamedSo() throws BackendException {
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            owner.ask("protect 1 " + Memory.PROT_NONE);

            assertThat(driver.copy(copy, owner.region(peer), 4000, near(), 0, BYTES))
                    .isEqualTo(96);
            assertThat(copy.outcome()).isEqualTo(CopyStatus.BAD_REMOTE_ADDRESS);
            assertThat(peer.diagnose(copy.outcome(), copy.errorNumber()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.remedy()).contains("close the region before"));
        }
    }

    @Test
    void stoppedOwnerCanBeCopied() throws BackendException {
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            owner.signal(Signals.SIGSTOP);
            assertThat(driver.copy(copy, owner.region(peer), 0, near(), 0, BYTES))
                    .isEqualTo(BYTES);
            assertThat(copy.outcome()).isEqualTo(CopyStatus.OK);
        }
    }

    @Test
    void deadOwnerIsGone() throws BackendException {
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            owner.kill();
            requireLost(peer, owner, CopyStatus.PEER_GONE);
        }
    }

    @Test
    void zombieIsGone() throws BackendException {
        try (OtherJvm owner = OtherJvm.startUnattended(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            owner.kill();
            owner.awaitZombie();
            requireLost(peer, owner, CopyStatus.PEER_GONE);
        }
    }

    @Test
    void ownerThatReplacedItsProgramIsReplaced() throws BackendException {
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            owner.exec();
            requireLost(peer, owner, CopyStatus.PEER_REPLACED);
        }
    }

    @Test
    void anotherProcessUnderTheOwnersPidIsAReplacement() throws Exception {
        Path lastPid = Path.of("/proc/sys/kernel/ns_last_pid");
        assumeTrue(Files.isWritable(lastPid), "it takes root to choose a pid");
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            owner.kill();
            Process successor = startAs(owner.pid(), lastPid);
            try {
                requireLost(peer, owner, CopyStatus.PEER_REPLACED);
            } finally {
                successor.destroyForcibly().waitFor();
            }
        }
    }

    /** The kernel gives out pids in turn; others take some too, so it may need a few attempts. */
    private static Process startAs(int pid, Path lastPid) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            Files.writeString(lastPid, Integer.toString(pid - 1));
            Process process = new ProcessBuilder("/bin/sleep", "600").start();
            if (process.pid() == pid) {
                return process;
            }
            process.destroyForcibly().waitFor();
        }
        throw new TestAbortedException("others took the pid each time");
    }

    @Test
    void lockOfAnotherProcessProvesNothing() throws IOException {
        Process stranger = new ProcessBuilder("/bin/sleep", "600").start();
        try (OtherJvm owner = OtherJvm.start(directory)) {
            TestLink link = owner.link();
            TestLink wrong =
                    new TestLink(TestInstance.withPid(link.id(), (int) stranger.pid()), false, link.aliveFile());
            assertThatThrownBy(() -> driver.connect(wrong))
                    .isInstanceOfSatisfying(
                            BackendException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.PEER_REPLACED));
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void ownerKilledDuringACopyIsGone() throws Exception {
        try (OtherJvm owner = OtherJvm.start(directory);
                DriverPeer peer = driver.connect(owner.link())) {
            DriverRegion far = owner.region(peer);
            DriverRegion near = near();
            Thread killer = new Thread(() -> Processes.kill(owner.pid(), Signals.SIGKILL));
            killer.start();
            long doneBytes = BYTES;
            while (copy.outcome() == CopyStatus.OK) { // ends by the owner's death, or by the time limit
                doneBytes = driver.copy(copy, far, 0, near, 0, BYTES);
            }
            killer.join();

            assertThat(copy.outcome()).isEqualTo(CopyStatus.PEER_GONE);
            assertThat(doneBytes).isBetween(0L, (long) BYTES);
        }
    }

    /** The first copy notices; the second one does not even touch the other program's memory. */
    private void requireLost(DriverPeer peer, OtherJvm owner, CopyStatus status) throws BackendException {
        DriverRegion far = owner.region(peer);
        for (int i = 0; i < 2; i++) {
            driver.copy(copy, far, 0, near(), 0, BYTES);
            assertThat(copy.outcome()).isEqualTo(status);
            assertThat(copy.explanation()).contains("pid " + owner.pid());
        }
        assertThat(driver.copy(copy, near(), 0, far, 0, BYTES)).isZero();
        assertThat(peer.diagnose(status, 0))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("new token"));
        assertThatThrownBy(() -> driver.connect(owner.link()))
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    private DriverRegion near() {
        return driver.wrap(LocalMemory.ofBuffers(List.of(buffer)));
    }
}
