package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoDescriptorIsLeft.class)
class LocksTest {
    @TempDir
    Path directory;

    private Path file;
    private int fd;

    @BeforeEach
    void open() throws IOException {
        file = Files.createFile(directory.resolve("lock"));
        fd = Descriptors.open(file.toString(), Descriptors.O_RDWR, 0);
    }

    @AfterEach
    void close() {
        Descriptors.close(fd);
    }

    @Test
    void aFileThatNobodyLocksHasNoHolder() {
        assertThat(Locks.posixLockHolder(fd)).isZero();
    }

    @Test
    void theHolderIsSeenUntilItIsKilled() {
        try (Peer peer = Peer.startJvm()) {
            assertThat(peer.ask("lock " + file)).isEqualTo("true");
            assertThat(Locks.posixLockHolder(fd)).isEqualTo(peer.pid());
            assertThat(Locks.tryPosixLock(fd, Locks.F_WRLCK, 0, 0)).isFalse();
            peer.kill();
            assertThat(Locks.posixLockHolder(fd)).isZero();
        }
    }

    @Test
    void aLockOutlivesExecWhereEveryDescriptorDoes() throws IOException {
        try (Peer peer = Peer.startJvm()) {
            peer.ask("lock " + file);
            peer.tell("sleep");
            awaitProgram(peer, "sleep");
            assertThat(Locks.posixLockHolder(fd)).isEqualTo(peer.pid());
        }
    }

    /**
     * How Dray proves that an owner still runs the program that made the region: closing any descriptor of a file drops
     * the lock.
     */
    @Test
    void aSecondDescriptorThatExecClosesEndsTheLockAtExec() throws IOException {
        try (Peer peer = Peer.startJvm()) {
            peer.ask("lock " + file);
            peer.ask("mark " + file);
            assertThat(Locks.posixLockHolder(fd)).isEqualTo(peer.pid());
            peer.tell("sleep");
            awaitProgram(peer, "sleep");
            assertThat(Locks.posixLockHolder(fd)).isZero();
        }
    }

    @Test
    void readLocksShareAndWriteLocksDoNot() {
        try (Peer peer = Peer.startJvm()) {
            peer.ask("lock " + file);
            assertThat(Locks.posixLockHolder(fd, Locks.F_RDLCK, 0, 1)).isEqualTo(peer.pid());
            assertThat(Locks.tryPosixLock(fd, Locks.F_RDLCK, 0, 1)).isFalse();
        }
        assertThat(Locks.tryPosixLock(fd, Locks.F_RDLCK, 0, 1)).isTrue();
        Locks.posixUnlock(fd, 0, 1);
    }

    @Test
    void ownLocksAreNoObstacle() {
        assertThat(Locks.tryPosixLock(fd, Locks.F_WRLCK, 0, 0)).isTrue();
        assertThat(Locks.posixLockHolder(fd)).isZero();
        Locks.posixUnlock(fd, 0, 0);
    }

    @Test
    void aDescriptionLockExcludesTheOtherDescriptionsOfThisProcess() {
        int other = Descriptors.open(file.toString(), Descriptors.O_RDWR, 0);
        try {
            assertThat(Locks.tryDescriptionLock(other, Locks.F_WRLCK, 10, 10)).isTrue();
            assertThat(Locks.descriptionLockHolder(fd, Locks.F_WRLCK, 0, 0)).isEqualTo(Locks.HELD_BY_DESCRIPTION);
            assertThat(Locks.posixLockHolder(fd)).isEqualTo(Locks.HELD_BY_DESCRIPTION);
            assertThat(Locks.descriptionLockHolder(fd, Locks.F_WRLCK, 20, 1)).isZero();
            assertThat(Locks.tryDescriptionLock(fd, Locks.F_WRLCK, 0, 11)).isFalse();
            Locks.descriptionUnlock(other, 10, 10);
            assertThat(Locks.tryDescriptionLock(fd, Locks.F_WRLCK, 0, 11)).isTrue();
        } finally {
            Descriptors.close(other);
        }
    }

    /** A moment later than a record lock: the kernel lets the open file go when exec returns to user space. */
    @Test
    void aDescriptionLockEndsAtExec() throws IOException {
        try (Peer peer = Peer.startJvm()) {
            assertThat(peer.ask("describe " + file)).isEqualTo("true");
            assertThat(Locks.descriptionLockHolder(fd, Locks.F_WRLCK, 0, 0)).isEqualTo(Locks.HELD_BY_DESCRIPTION);
            peer.tell("sleep");
            awaitProgram(peer, "sleep");
            while (Locks.descriptionLockHolder(fd, Locks.F_WRLCK, 0, 0) != 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aDescriptionLockEndsWithItsProcess() {
        try (Peer peer = Peer.startJvm()) {
            peer.ask("describe " + file);
            peer.kill();
            assertThat(Locks.descriptionLockHolder(fd, Locks.F_WRLCK, 0, 0)).isZero();
        }
    }

    @Test
    void aDescriptorThatCannotWriteTakesNoWriteLock() {
        int readOnly = Descriptors.open(file.toString(), Descriptors.O_RDONLY, 0);
        try {
            assertThatThrownBy(() -> Locks.tryPosixLock(readOnly, Locks.F_WRLCK, 0, 0))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("EBADF");
        } finally {
            Descriptors.close(readOnly);
        }
    }

    @Test
    void queriesOfAClosedDescriptorSaySo() {
        assertThat(Locks.posixLockHolder(-1)).isEqualTo(-Errno.EBADF);
        assertThat(Locks.descriptionLockHolder(-1, Locks.F_WRLCK, 0, 0)).isEqualTo(-Errno.EBADF);
    }

    @Test
    void rangesThatNoFileHasAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Locks.tryPosixLock(fd, Locks.F_WRLCK, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Locks.tryPosixLock(fd, Locks.F_WRLCK, 1, Long.MAX_VALUE));
    }

    /** The kernel closes what exec closes before it shows the new name. */
    private static void awaitProgram(Peer peer, String name) throws IOException {
        Path comm = Path.of("/proc/" + peer.pid() + "/comm");
        while (!Files.readString(comm).strip().equals(name)) {
            Thread.onSpinWait();
        }
    }
}
