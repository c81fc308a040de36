package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
}
