package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.spi.Extents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may enter the directory of the shared files. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no modes there")
class BaseTest {
    @TempDir
    Path parent;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void directoryAndFilesAreForTheirOwnerOnly() throws Exception {
        Path base = parent.resolve("a/b/base");
        try (Instance instance = Instance.create(Optional.of(base))) {
            OwnerDirectory.create(instance).publish("toy", Access.READ, true, Extents.of(16, 8), -1);
            assertThat(mode(base)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(base)) {
                assertThat(files)
                        .hasSize(3)
                        .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
        assertThat(base).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx--x---", "rwx---r--", "rwx----w-", "r-x--x--x", "rwxrwxrwx"})
    void directoryThatOthersMayEnterIsRefusedWithWhatToDo(String mode) throws IOException {
        Path base = Files.createDirectory(parent.resolve("base"));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> Instance.create(Optional.of(base)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        base + " has mode " + mode + " and must have rwx------, or rwx--x--x if peers of other users"
                                + " were admitted: chmod 700 " + base);
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void directoryThatOthersMayOnlyPassIsKept() throws IOException {
        Path base = Files.createDirectory(parent.resolve("base"));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
        Instance.create(Optional.of(base)).close();
        assertThat(mode(base)).isEqualTo("rwx--x--x");
    }

    @Test
    void symbolicLinkIsRefused() throws IOException {
        Path real = Files.createDirectory(parent.resolve("real"));
        Path base = Files.createSymbolicLink(parent.resolve("base"), real);
        assertThatThrownBy(() -> Instance.create(Optional.of(base))).hasMessage(base + " is not a directory");
        assertThat(real).isEmptyDirectory();
        Path dangling = Files.createSymbolicLink(parent.resolve("dangling"), parent.resolve("nowhere"));
        assertThatThrownBy(() -> Instance.create(Optional.of(dangling))).hasMessage(dangling + " is not a directory");
        assertThat(parent.resolve("nowhere")).doesNotExist();
    }

    @Test
    void fileInItsPlaceIsRefused() throws IOException {
        Path base = Files.createFile(parent.resolve("base"));
        assertThatThrownBy(() -> Instance.create(Optional.of(base))).hasMessage(base + " is not a directory");
    }

    @Test
    void directoryOfAnotherUserIsRefused() throws IOException {
        Path base = Files.createDirectory(parent.resolve("base"));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        try {
            Files.setAttribute(base, "unix:uid", 54321);
        } catch (FileSystemException e) {
            assumeTrue(false, "only root gives directories away: " + e.getMessage());
        }
        assertThatThrownBy(() -> Instance.create(Optional.of(base)))
                .hasMessageContaining("belongs to another user than uid")
                .hasMessageContaining("-Ddray.directory");
    }

    @Test
    void loadCarriesTheReasonAndTheRemedy() throws IOException {
        Path base = Files.createFile(parent.resolve("base"));
        DrayOptions options = DrayOptions.builder().directory(base).build();
        assertThatThrownBy(() -> Dray.load(options)).isInstanceOfSatisfying(CopyException.class, e -> {
            assertThat(e.status()).isEqualTo(CopyStatus.UNAVAILABLE);
            assertThat(e.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.check()).isEqualTo("dray.directory");
                assertThat(finding.observed()).isEqualTo(base + " is not a directory");
                assertThat(finding.remedy()).contains("-Ddray.directory");
            });
        });
    }

    @Test
    void defaultIsADirectoryOfTheUserInSharedMemory() {
        Path base = new Base(Optional.empty()).of(1000);
        assertThat(base.getFileName()).hasToString("dray-1000");
        assertThat(base.getParent())
                .isEqualTo(
                        Files.isDirectory(Path.of("/dev/shm"))
                                ? Path.of("/dev/shm")
                                : Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(new Base(Optional.empty()).of(-1).getFileName())
                .hasToString("dray-" + System.getProperty("user.name"));
    }

    @Test
    void configuredDirectoryIsTheSameForEveryUserAndAbsolute() {
        Base base = new Base(Optional.of(Path.of("relative")));
        assertThat(base.of(0)).isAbsolute().isEqualTo(base.of(1000));
    }

    @Test
    void configuredDirectoryWithTheUserInItsNameIsAnotherOneForEachUser() {
        Base base = new Base(Optional.of(parent.resolve("a-%u/b%u")));
        assertThat(base.of(1000)).isEqualTo(parent.resolve("a-1000/b1000"));
        assertThat(base.of(-2)).isEqualTo(parent.resolve("a-4294967294/b4294967294"));
    }
}
