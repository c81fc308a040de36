package org.dray.tck;

import static org.dray.tck.Rule.CONC_01;
import static org.dray.tck.Rule.CONC_02;
import static org.dray.tck.Rule.CONC_03;
import static org.dray.tck.Rule.CONC_04;
import static org.dray.tck.Rule.CONC_05;
import static org.dray.tck.Rule.CONC_06;
import static org.dray.tck.Rule.CONC_07;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RegionToken;

/** Defects that only threads or processes beside each other see. */
enum ConcurrencyMutant implements Mutant {
    COPIES_AT_ONCE_LOSE_A_BYTE(CONC_01) {
        private final AtomicInteger users = new AtomicInteger();

        @Override
        public void copy(Copy it) {
            if (it.lengthBytes() != ConcurrencyRules.MIXED_BYTES) {
                it.run();
                return;
            }
            boolean first = users.getAndIncrement() == 0;
            try {
                // Long enough for another thread to come.
                Defect.linger(Duration.ofNanos(50_000));
                it.run(first ? it.lengthBytes() : it.lengthBytes() - 1);
            } finally {
                users.decrementAndGet();
            }
        }
    },
    EXCHANGES_LOSE_A_BYTE(CONC_02) {
        @Override
        public void copy(Copy it) {
            it.run(it.lengthBytes() == PeerConcurrencyRules.BOTH_WAYS_BYTES ? it.lengthBytes() - 1 : it.lengthBytes());
        }
    },
    ONE_LOCK_FOR_ALL_COPIES(CONC_03) {
        private final Object lock = new Object();

        @Override
        public void copy(Copy it) {
            boolean locks = it.lengthBytes() == ConcurrencyRules.LONG_BYTES
                    || it.lengthBytes() == ConcurrencyRules.BESIDE_BYTES;
            synchronized (locks ? lock : it) {
                it.run();
            }
        }
    },
    ONE_CLOSE_ENDS_ALL_INSTANCES(CONC_04) {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void closeDray(SurfaceDray dray) {
            dray.genuine().close();
            closed.incrementAndGet();
        }

        @Override
        public void copy(Copy it) {
            if (closed.get() > 0 && it.lengthBytes() == ConcurrencyRules.APART_BYTES) {
                throw new IllegalStateException("closed");
            }
            it.run();
        }
    },
    REGISTRATION_DOES_NOT_EXPECT_A_CLOSE(CONC_05) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            try {
                return engine.genuine().register(memory, access, options);
            } catch (IllegalStateException e) {
                throw memory.capacity() == ConcurrencyRules.CLOSING_BYTES ? new NullPointerException() : e;
            }
        }

        // A close meets most threads here, which takes longer than a registration.
        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            try {
                return engine.genuine().attach(token);
            } catch (IllegalStateException e) {
                throw token.lengthBytes() == ConcurrencyRules.CLOSING_BYTES ? new NullPointerException() : e;
            }
        }
    },
    REGIONS_BELONG_TO_A_THREAD(CONC_06) {
        @Override
        public void close(SurfaceRegion region) {
            boolean handed = region.byteSize() == ConcurrencyRules.HANDED_BYTES;
            if (handed && Thread.currentThread().getName().equals("dray-tck-race")) {
                throw new IllegalStateException("made by another thread");
            }
            region.genuine().close();
        }
    },
    CONNECTING_AT_ONCE_FAILS(CONC_07) {
        private final AtomicInteger connecting = new AtomicInteger();

        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            try {
                if (connecting.incrementAndGet() > 1 && token.lengthBytes() == PeerConcurrencyRules.FIRST_BYTES) {
                    throw new IllegalStateException("connecting");
                }
                // Long enough for another thread to come.
                Defect.linger(Duration.ofNanos(50_000));
                return engine.genuine().attach(token);
            } finally {
                connecting.decrementAndGet();
            }
        }
    };

    private final Set<Rule> broken;

    ConcurrencyMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }

    @Override
    public Layer layer() {
        return Layer.SURFACE;
    }
}
