package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another user may have put where his files should be. Whatever it is, nobody hangs and no lock is lost. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no users there")
class OthersFilesTest {
    private static final String NAME = "00000001deadbeef.alive";

    @TempDir
    Path base;

    private int uid;

    @BeforeEach
    void look() throws IOException {
        uid = Base.ownerOf(base);
    }

    private Optional<String> distrust(int owner) {
        return new Base(Optional.of(base)).distrust(owner);
    }

    private AliveLock.State state() {
        return AliveLock.queryOf(uid, base.resolve(NAME));
    }

    @Test
    void directoryOfItsUserIsTrusted() throws IOException {
        for (String mode : new String[] {"rwx------", "rwx--x--x", "rwxr-xr-x"}) {
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString(mode));
            assertThat(distrust(uid)).as(mode).isEmpty();
        }
    }

    @Test
    void directoryOfSomebodyElseIsNot() {
        assertThat(distrust(uid + 1)).contains(base + " belongs to uid " + uid + ", not to uid " + (uid + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwx----w-", "rwx-w----"})
    void directoryThatOthersMayWriteToIsNot(String mode) throws IOException {
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString(mode));
        assertThat(distrust(uid)).contains(base + " has mode " + mode + ": others than its user can write to it");
    }

    @Test
    void linkToADirectoryIsNot() throws IOException {
        Path link = Files.createSymbolicLink(base.resolve("link"), base);
        assertThat(new Base(Optional.of(link)).distrust(uid)).contains(link + " is not a directory");
    }

    @Test
    void directoryThatIsMissingHidesNothing() {
        assertThat(new Base(Optional.of(base.resolve("missing"))).distrust(uid)).isEmpty();
    }

    @Test
    void fileOfTheUserIsFreeAndAMissingOneIsMissing() throws IOException {
        assertThat(state()).isEqualTo(AliveLock.State.MISSING);
        Files.createFile(base.resolve(NAME));
        assertThat(state()).isEqualTo(AliveLock.State.FREE);
        assertThat(AliveLock.queryOf(uid + 1, base.resolve(NAME)))
                .as("of somebody else in the directory of the user")
                .isEqualTo(AliveLock.State.FORBIDDEN);
    }

    @Test
    void pipeThatNobodyWritesToIsNotOpened() throws Exception {
        Process made = new ProcessBuilder("mkfifo", base.resolve(NAME).toString()).start();
        assertThat(made.waitFor(20, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();
        assertThat(state()).isEqualTo(AliveLock.State.FORBIDDEN);
    }

    @Test
    void linkToTheOwnLockDoesNotCostIt() throws Exception {
        try (Instance instance = Instance.create(Optional.of(base.resolve("own")))) {
            Path alive = instance.aliveFile(instance.self());
            Files.createSymbolicLink(base.resolve(NAME), alive);
            assertThat(state()).isEqualTo(AliveLock.State.FORBIDDEN);
            assertThat(AliveLock.query(base.resolve(NAME)))
                    .as("also where no user is checked")
                    .isEqualTo(AliveLock.State.FORBIDDEN);
            assertThat(locksOn(alive)).isEqualTo(1);
        }
    }

    private static long locksOn(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        return Files.readString(Path.of("/proc/locks"))
                .lines()
                .filter(line -> line.contains(":" + inode + " "))
                .count();
    }

    @Test
    void lockThatCannotBeAskedForIsNotTakenForFree() throws IOException {
        Files.createDirectory(base.resolve(NAME));
        assertThat(state()).isEqualTo(AliveLock.State.FORBIDDEN);
    }
}
