package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A copy in steady state allocates nothing. */
class ZeroGarbageTest {
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 5;
    private static final int MEASURED = 100_000;

    @RegisterExtension
    final Toys toys = new Toys();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private DrayCore owner;
    private DrayCore peer;

    @BeforeEach
    void load() {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count what a thread allocates");
        owner = toys.load();
        peer = toys.load();
    }

    private void assertNoGarbage(MemoryRegion from, MemoryRegion to, CopyEngine engine) {
        for (int i = 0; i < WARM_UP; i++) {
            engine.copy(from, 8, to, 0, 64);
        }
        // The best of several rounds: the JVM itself allocates now and then, when it compiles again what it had
        // compiled.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            least = Math.min(least, allocatedByRound(from, to, engine));
        }
        assertThat(least).as("bytes for %s copies", MEASURED).isZero();
    }

    private long allocatedByRound(MemoryRegion from, MemoryRegion to, CopyEngine engine) {
        long self = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(self);
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < MEASURED; i++) {
            engine.copy(from, 8, to, 0, 64);
        }
        return threads.getThreadAllocatedBytes(self) - before;
    }

    @Test
    void betweenOwnRegions() {
        CopyEngine engine = owner.engine("toy");
        assertNoGarbage(engine.register(Toys.filled(128, 1), Access.READ), owner.wrap(Toys.empty(128)), engine);
    }

    @Test
    void fromAPeerAndBack() {
        MemoryRegion far = peer.engine("toy")
                .attach(owner.engine("toy")
                        .register(Toys.filled(128, 1), Access.READ_WRITE)
                        .token());
        MemoryRegion near = peer.wrap(Toys.empty(128));
        assertNoGarbage(far, near, far.engine());
        assertNoGarbage(near, far, far.engine());
    }

    @Test
    void inSlicesAndSteps() {
        toys.toy.info.maxTransferBytes(16);
        DrayCore dray = toys.load();
        CopyEngine engine = dray.engine("toy");
        MemoryRegion from = engine.register(Toys.filled(128, 1), Access.READ).slice(16, 100);
        assertNoGarbage(from, dray.wrap(Toys.empty(128)).slice(1, 127), engine);
    }

    @Test
    void ofZeroBytes() {
        CopyEngine engine = owner.engine("toy");
        MemoryRegion from = engine.register(Toys.filled(128, 1), Access.READ);
        MemoryRegion to = owner.wrap(Toys.empty(128));
        long self = Thread.currentThread().getId();
        for (int i = 0; i < WARM_UP; i++) {
            engine.copy(from, 8, to, 0, 0);
        }
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < MEASURED; i++) {
            engine.copy(from, 8, to, 0, 0);
        }
        assertThat(threads.getThreadAllocatedBytes(self) - before).isZero();
    }
}
