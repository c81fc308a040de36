package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UninterruptedTest {
    @TempDir
    private Path directory;

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptedThreadMapsAndStaysInterrupted() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "bytes");
        Thread.currentThread().interrupt();
        assertThat(map(file)).isEqualTo((byte) 'b');
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aFileThatIsMissingIsToldAsSuch() {
        Assertions.assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> map(directory.resolve("missing")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void interruptsLeaveNoMappingBehind() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "bytes");
        AtomicBoolean over = new AtomicBoolean();
        Thread mapping = Thread.currentThread();
        Thread interrupting = new Thread(() -> {
            while (!over.get()) {
                mapping.interrupt();
            }
        });
        interrupting.start();
        for (int i = 0; i < 1000; i++) {
            map(file);
        }
        over.set(true);
        while (interrupting.isAlive()) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        while (Files.readString(Path.of("/proc/self/maps")).contains(file.toString())) {
            System.gc(); // the test's time limit ends this
        }
    }

    @Test
    void callThatDoesNotReturnIsEmptyInTimeAndTheThreadStaysInterrupted() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThat(Uninterrupted.within(1_000_000, () -> {
                    never.await();
                    return "late";
                }))
                .isEmpty();
        assertThat(Uninterrupted.within(Long.MAX_VALUE / 2, () -> "soon")).contains("soon");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        never.countDown();
    }

    private static byte map(Path file) throws IOException {
        return Uninterrupted.map(file, Set.of(StandardOpenOption.READ), FileChannel.MapMode.READ_ONLY, 0, 5)
                .get(0);
    }
}
