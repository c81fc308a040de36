package org.dray.hammer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.dray.linux.Memory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The hammer's scales weigh. */
@EnabledOnOs(OS.LINUX)
class FootprintTest {
    private static final long TOLERATED_KILOBYTES = 16 << 10;

    @TempDir
    private Path directory;

    private Footprint before;

    @BeforeEach
    void weigh() {
        Footprint.now(directory); // once more than needed: it loads what the second one uses
        before = Footprint.now(directory);
    }

    private List<String> growth() {
        return Footprint.now(directory).growthSince(before, TOLERATED_KILOBYTES);
    }

    @Test
    void aDescriptorIsSeen() throws IOException {
        Path file = Files.createFile(
                Files.createDirectory(directory.resolve("deep")).resolve("file"));
        try (FileInputStream open = new FileInputStream(file.toFile())) {
            assertThat(growth()).singleElement().asString().contains("descriptors " + file);
            assertThat(open.available()).isZero();
        }
        assertThat(growth()).isEmpty();
    }

    @Test
    void aThreadIsSeen() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    started.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "left-behind");
        thread.start();
        started.await();
        assertThat(growth()).anySatisfy(line -> assertThat(line).contains("threads left-behind 1 instead of 0"));
        over.countDown();
        thread.join();
    }

    @Test
    void aFileOfThisProcessIsSeen() throws IOException {
        Files.createFile(directory.resolve(
                String.format("%08x01234567.r", ProcessHandle.current().pid())));
        assertThat(growth()).singleElement().asString().contains("files ");
    }

    @Test
    void aMappingOfASharedFileIsSeenAlsoWhenTheFileIsGone() throws IOException {
        Path file = directory.resolve("shared");
        ByteBuffer mapped;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        }
        Files.delete(file);
        assertThat(growth()).anySatisfy(line -> assertThat(line).contains("mappings /shared (deleted)"));
        assertThat(mapped.get(0)).isZero();
    }

    @Test
    void nativeMemoryIsSeen() {
        long bytes = 64L << 20;
        long address = Memory.allocate(bytes, Long.BYTES);
        Memory.fill(address, bytes, (byte) 1);
        assertThat(growth()).anySatisfy(line -> assertThat(line).contains("KiB of memory"));
        Memory.free(address);
    }

    @Test
    void manyMappingsAreSeen() {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Two neighbours with the same protection would become one.
            long address = Memory.mmapAnonymous(4096);
            Memory.mprotect(address, 4096, i % 2 == 0 ? Memory.PROT_READ : Memory.PROT_NONE);
            addresses.add(address);
        }
        assertThat(growth()).anySatisfy(line -> assertThat(line).startsWith("mappings "));
        addresses.forEach(address -> Memory.munmap(address, 4096));
    }
}
