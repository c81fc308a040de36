package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StressTest {
    private static final int THREADS = 24;
    private static final int LENGTH_BYTES = 3000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @Test
    void moreThreadsThanMailboxesGetTheirOwnBytes(@TempDir Path directory) throws Exception {
        try (OtherJvm owner = new OtherJvm(directory, THREADS * LENGTH_BYTES, 1);
                Dray dray = Fixture.load(directory)) {
            byte[] content = Fixture.random(THREADS * LENGTH_BYTES, 1);
            MemoryRegion far = dray.engine("sim").attach(RegionToken.parse(owner.answer()));
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int offset = thread * LENGTH_BYTES;
                running.add(threads.submit(() -> {
                    ByteBuffer near = ByteBuffer.allocateDirect(LENGTH_BYTES);
                    MemoryRegion nearRegion = dray.wrap(near);
                    for (int i = 0; i < 200; i++) {
                        near.put(0, new byte[LENGTH_BYTES]);
                        dray.engine("sim").copy(far, offset, nearRegion, 0, LENGTH_BYTES);
                        assertThat(near).isEqualTo(ByteBuffer.wrap(content, offset, LENGTH_BYTES));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noByteIsWrittenIntoARegionThatItsOwnerHasClosed(@TempDir Path directory) throws Exception {
        try (Fixture fixture = new Fixture(directory)) {
            ByteBuffer memory = ByteBuffer.allocateDirect(LENGTH_BYTES);
            MemoryRegion ones = fixture.peer.wrap(Fixture.direct(Fixture.random(LENGTH_BYTES, 1)));
            for (int round = 0; round < 200; round++) {
                MemoryRegion owned = fixture.owner.engine("sim").register(memory, Access.WRITE);
                MemoryRegion far = fixture.engine.attach(owned.token());
                AtomicBoolean started = new AtomicBoolean();
                Future<CopyStatus> writer = threads.submit(() -> {
                    try {
                        while (true) {
                            fixture.engine.copy(ones, 0, far, 0, LENGTH_BYTES);
                            started.set(true);
                        }
                    } catch (CopyException e) {
                        return e.status();
                    }
                });
                while (!started.get()) {
                    Thread.onSpinWait();
                }
                owned.close();
                memory.put(0, new byte[LENGTH_BYTES]);
                assertThat(writer.get()).isEqualTo(CopyStatus.TOKEN_STALE);
                assertThat(Fixture.bytes(memory)).containsOnly(0);
                far.close();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
