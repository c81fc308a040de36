package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full file system is an exception when a region is published, and never a crash when it is used. */
@Timeout(60)
class FullFileSystemTest {
    @TempDir
    Path mountPoint;

    private Instance instance;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", mountPoint.toString()),
                "a small tmpfs cannot be mounted here: it takes root with CAP_SYS_ADMIN");
        instance = Instance.create(Optional.of(mountPoint));
    }

    @AfterEach
    void unmount() throws Exception {
        if (instance != null) {
            instance.close();
            assertThat(succeeds("umount", "-l", mountPoint.toString())).isTrue();
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    private void resize(String size) throws IOException, InterruptedException {
        assertThat(succeeds("mount", "-o", "remount,size=" + size, mountPoint.toString()))
                .isTrue();
    }

    private List<String> endings() throws IOException {
        try (Stream<Path> files = Files.list(mountPoint)) {
            return files.map(file -> file.getFileName().toString().substring(16))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filesThatDoNotFitAreMadeOnceThereIsSpace() throws Exception {
        for (String size : List.of("64k", "272k", "276k")) {
            resize(size);
            assertThatThrownBy(() -> OwnerDirectory.create(instance))
                    .as(size)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(endings()).as(size).containsExactly(".alive");
        }
        resize("1m");
        assertThat(OwnerDirectory.create(instance)
                        .publish("toy", Access.READ, true, Extents.of(16, 8), -1)
                        .slot())
                .isZero();
    }

    @Test
    void regionThatDoesNotFitIsALimitAndTheNextOneAfterACloseFits() throws Exception {
        resize("340k");
        OwnerDirectory directory = OwnerDirectory.create(instance);
        Deque<Publication> published = new ArrayDeque<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        published.push(directory.publish("toy", Access.READ, false, Extents.of(16, 8), -1));
                    }
                })
                .isInstanceOfSatisfying(
                        BackendException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT))
                .hasMessageContaining("no space for the shared directory")
                .hasMessageContaining("No space left");
        assertThat(published).hasSize(512);
        Publication last = published.pop();
        directory.hide(last);
        assertThat(directory.retire(last, System.nanoTime())).isTrue();
        assertThat(directory
                        .publish("toy", Access.READ, false, Extents.of(16, 8), -1)
                        .slot())
                .isEqualTo(last.slot());
        assertThatThrownBy(() -> directory.publish("toy", Access.READ, false, Extents.of(16, 8), -1))
                .isInstanceOf(BackendException.class);
        resize("1m");
        assertThat(directory
                        .publish("toy", Access.READ, false, Extents.of(16, 8), -1)
                        .slot())
                .isEqualTo(512);
    }

    @Test
    void singleUseWordThatDoesNotFitIsALimit() throws Exception {
        resize("336k");
        OwnerDirectory directory = OwnerDirectory.create(instance);
        directory.publish("toy", Access.READ, false, Extents.of(16, 8), -1);
        assertThatThrownBy(() -> directory.publish("toy", Access.READ, true, Extents.of(16, 8), -1))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("No space left");
        resize("1m");
        assertThat(directory
                        .publish("toy", Access.READ, true, Extents.of(16, 8), -1)
                        .slot())
                .isEqualTo(1);
    }
}
