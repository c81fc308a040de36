package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
    private static final int LENGTH_BYTES = 3 * Mailboxes.WINDOW_BYTES;

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void anInterruptedThreadDoesEverythingAndStaysInterrupted(@TempDir Path directory) {
        byte[] sent = Fixture.random(LENGTH_BYTES, 1);
        Thread.currentThread().interrupt();
        try (Fixture fixture = new Fixture(directory)) {
            MemoryRegion far = fixture.region(Kind.PEER, LENGTH_BYTES);
            MemoryRegion allocated = fixture.engine.allocate(LENGTH_BYTES, Access.READ_WRITE);
            fixture.write(far, sent);
            fixture.engine.copy(far, 0, allocated, 0, LENGTH_BYTES);
            byte[] received = Fixture.bytes(allocated.map(0, LENGTH_BYTES));
            assertThat(Fixture.firstDifference(sent, received)).isEqualTo(-1);
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadFindsEveryCapability(@TempDir Path directory) {
        Set<Capability> found;
        try (Fixture fixture = new Fixture(directory)) {
            found = fixture.engine.info().capabilities();
        }
        Thread.currentThread().interrupt();
        try (Fixture fixture = new Fixture(directory)) {
            assertThat(fixture.engine.info().capabilities()).isEqualTo(found);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void interruptsLeaveNoMappingBehind(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mapped");
        AtomicBoolean over = new AtomicBoolean();
        Thread mapping = Thread.currentThread();
        Thread interrupting = new Thread(() -> {
            while (!over.get()) {
                mapping.interrupt();
            }
        });
        interrupting.start();
        for (int i = 0; i < 1000; i++) {
            MappedFile.mapPart(file, MappedFile.CREATED, 0, 4096);
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
}
