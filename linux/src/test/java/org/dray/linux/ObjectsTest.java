package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counters, files in memory and descriptors of processes. */
@ExtendWith(NoDescriptorIsLeft.class)
class ObjectsTest {
    @Test
    void aCounterAddsUpAndIsEmptied() {
        int fd = EventFd.create(3, EventFd.EFD_NONBLOCK);
        EventFd.signal(fd, 4);
        assertThat(EventFd.drain(fd)).isEqualTo(7);
        assertThat(EventFd.drain(fd)).isZero();
        Descriptors.close(fd);
    }

    @Test
    void aSemaphoreIsTakenOneByOne() {
        int fd = EventFd.create(2, EventFd.EFD_NONBLOCK | EventFd.EFD_SEMAPHORE);
        assertThat(EventFd.drain(fd)).isEqualTo(1);
        assertThat(EventFd.drain(fd)).isEqualTo(1);
        assertThat(EventFd.drain(fd)).isZero();
        Descriptors.close(fd);
    }

    @Test
    void aSignalWakesWhoPolls() {
        int fd = EventFd.create(0, 0);
        assertThat(Descriptors.poll(fd, Descriptors.POLLIN, 0)).isZero();
        Thread waker = new Thread(() -> EventFd.signal(fd, 1));
        waker.start();
        assertThat(Descriptors.poll(fd, Descriptors.POLLIN, -1)).isEqualTo(Descriptors.POLLIN);
        assertThat(EventFd.drain(fd)).isEqualTo(1);
        Descriptors.close(fd);
    }

    @Test
    void countersRefuseWhatIsNoCount() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventFd.create(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> EventFd.signal(0, 0));
        assertThatThrownBy(() -> EventFd.drain(-1)).hasMessageContaining("EBADF");
    }

    @Test
    void aSealedFileKeepsItsLengthAndItsSeals() {
        int fd = Memfd.create("sealed", Memfd.MFD_ALLOW_SEALING);
        try {
            Descriptors.ftruncate(fd, 4096);
            Memfd.addSeals(fd, Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW | Memfd.F_SEAL_SEAL);
            assertThat(Memfd.seals(fd)).isEqualTo(Memfd.F_SEAL_SHRINK | Memfd.F_SEAL_GROW | Memfd.F_SEAL_SEAL);
            assertThatThrownBy(() -> Descriptors.ftruncate(fd, 0)).hasMessageContaining("EPERM");
            assertThatThrownBy(() -> Descriptors.ftruncate(fd, 8192)).hasMessageContaining("EPERM");
            assertThatThrownBy(() -> Memfd.addSeals(fd, Memfd.F_SEAL_WRITE)).hasMessageContaining("EPERM");
        } finally {
            Descriptors.close(fd);
        }
    }

    @Test
    void futureWritesCanBeSealedWhileAMappingGoesOn() {
        int fd = Memfd.create("arena", Memfd.MFD_ALLOW_SEALING);
        Descriptors.ftruncate(fd, 4096);
        int writable = Memory.PROT_READ | Memory.PROT_WRITE;
        long address = Memory.mmap(0, 4096, writable, Memory.MAP_SHARED, fd, 0);
        try {
            Memfd.addSeals(fd, Memfd.F_SEAL_FUTURE_WRITE);
            Memory.putLong(address, 4711);
            assertThatThrownBy(() -> Memory.mmap(0, 4096, writable, Memory.MAP_SHARED, fd, 0))
                    .hasMessageContaining("EPERM");
            assertThatThrownBy(() -> Memfd.addSeals(fd, Memfd.F_SEAL_WRITE)).hasMessageContaining("EBUSY");
        } finally {
            Memory.munmap(address, 4096);
            Descriptors.close(fd);
        }
    }

    @Test
    void aFileThatKnowsNoSealsSaysSo() {
        int[] pair = UnixSockets.pair(UnixSockets.SOCK_STREAM);
        assertThatThrownBy(() -> Memfd.seals(pair[0])).hasMessageContaining("EINVAL");
        Descriptors.close(pair[0]);
        Descriptors.close(pair[1]);
    }

    @Test
    void aFileInMemoryHasAName() throws IOException {
        int fd = Memfd.create("prüfung", 0);
        assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString())
                .isEqualTo("/memfd:prüfung (deleted)");
        assertThat(Descriptors.isCloseOnExec(fd)).isTrue();
        Descriptors.close(fd);
    }

    @Test
    void theEndOfAProcessIsSeenByItsDescriptor() {
        int pidfd;
        try (Peer peer = Peer.start(List.of("/bin/cat"))) {
            pidfd = Pidfd.open(peer.pid());
            assertThat(Pidfd.hasEnded(pidfd)).isZero();
            assertThat(Pidfd.awaitEnd(pidfd, 0)).isZero();
            Pidfd.sendSignal(pidfd, 0);
            Pidfd.sendSignal(pidfd, Signals.SIGKILL);
            assertThat(Pidfd.awaitEnd(pidfd, -1)).isPositive();
            assertThat(Pidfd.hasEnded(pidfd)).isPositive();
        }
        assertThatThrownBy(() -> Pidfd.sendSignal(pidfd, 0)).hasMessageContaining("ESRCH");
        Descriptors.close(pidfd);
    }

    @Test
    void aDescriptorOfAnotherProcessCanBeTaken() throws IOException {
        try (Peer peer = Peer.start(List.of("/bin/cat"))) {
            int pidfd = Pidfd.open(peer.pid());
            int theirs = Pidfd.getfd(pidfd, 0);
            assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd/" + theirs)))
                    .isEqualTo(Files.readSymbolicLink(Path.of("/proc/" + peer.pid() + "/fd/0")));
            assertThatThrownBy(() -> Pidfd.getfd(pidfd, 999)).hasMessageContaining("EBADF");
            Descriptors.close(theirs);
            Descriptors.close(pidfd);
        }
    }

    @Test
    void aProcessThatDoesNotExistHasNoDescriptor() {
        assertThatThrownBy(() -> Pidfd.open(Integer.MAX_VALUE)).hasMessageContaining("ESRCH");
        assertThatIllegalArgumentException().isThrownBy(() -> Pidfd.open(0));
    }

    @Test
    void aDescriptorThatIsNotOpenIsNotMistakenForAnEndedProcess() {
        int pidfd = Pidfd.open((int) ProcessHandle.current().pid());
        Descriptors.close(pidfd);
        assertThat(Pidfd.hasEnded(pidfd)).isEqualTo(-Errno.EBADF);
        assertThat(Pidfd.hasEnded(-1)).isEqualTo(-Errno.EBADF);
    }
}
