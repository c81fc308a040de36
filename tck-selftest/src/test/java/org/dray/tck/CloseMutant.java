package org.dray.tck;

import static org.dray.tck.Layer.BACKEND;
import static org.dray.tck.Layer.SURFACE;
import static org.dray.tck.Rule.CLOSE_01;
import static org.dray.tck.Rule.CLOSE_02;
import static org.dray.tck.Rule.CLOSE_03;
import static org.dray.tck.Rule.CLOSE_04;
import static org.dray.tck.Rule.CLOSE_05;
import static org.dray.tck.Rule.CLOSE_06;
import static org.dray.tck.Rule.CLOSE_07;
import static org.dray.tck.Rule.CLOSE_08;
import static org.dray.tck.Rule.CLOSE_09;
import static org.dray.tck.Rule.CLOSE_10;
import static org.dray.tck.Rule.CLOSE_11;
import static org.dray.tck.Rule.CLOSE_12;
import static org.dray.tck.Rule.CLOSE_13;
import static org.dray.tck.Rule.CLOSE_14;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.spi.DriverContext;

/** Defects of closing. */
enum CloseMutant implements Mutant {
    REGION_CLOSED_AT_ONCE_THROWS(SURFACE, CLOSE_01) {
        private final AtomicInteger closing = new AtomicInteger();

        @Override
        public void close(SurfaceRegion region) {
            requireAlone(closing);
            region.genuine().close();
        }
    },
    CLOSED_REGION_GIVES_ITS_TOKEN(SURFACE, CLOSE_02, CLOSE_08) {
        /** Weak, or the regions would not let go of their memory either. */
        private final Map<MemoryRegion, RegionToken> known = Collections.synchronizedMap(new WeakHashMap<>());

        @Override
        public RegionToken token(SurfaceRegion region) {
            return known.computeIfAbsent(region.genuine(), MemoryRegion::token);
        }

        @Override
        public void close(SurfaceRegion region) {
            Race.outcome(() -> token(region));
            region.genuine().close();
        }

        @Override
        public void closeDray(SurfaceDray dray) {
            known.clear();
            dray.genuine().close();
        }
    },
    DRAY_CLOSED_AT_ONCE_THROWS(SURFACE, CLOSE_03) {
        private final AtomicInteger closing = new AtomicInteger();

        @Override
        public void closeDray(SurfaceDray dray) {
            requireAlone(closing);
            dray.genuine().close();
        }
    },
    CLOSED_DRAY_LISTS_ITS_ENGINES(SURFACE, CLOSE_04) {
        @Override
        public List<CopyEngine> engines(Dray genuine, List<CopyEngine> wrapped) {
            return wrapped;
        }
    },
    REGIONS_OUTLIVE_THEIR_DRAY(SURFACE, CLOSE_05) {
        @Override
        public boolean isOpen(SurfaceRegion region) {
            boolean closedByItsDray =
                    Race.outcome(() -> region.dray().genuine().engines()).equals("IllegalStateException");
            return closedByItsDray
                    ? !region.closedItself().get()
                    : region.genuine().isOpen();
        }
    },
    CLOSE_DOES_NOT_WAIT_FOR_COPIES(SURFACE, CLOSE_06) {
        @Override
        public void close(SurfaceRegion region) {
            if (!copies(region.dray())) {
                region.genuine().close();
            } else {
                inBackground(region.genuine(), Duration.ZERO);
                Patience.until(Duration.ofSeconds(5), () -> !region.genuine().isOpen());
            }
        }
    },
    CLOSE_DOES_NOT_WAIT_FOR_PEERS(SURFACE, CLOSE_07) {
        @Override
        public void close(SurfaceRegion region) {
            if (region.byteSize() == PeerCloseRules.WATCHED_BYTES) {
                inBackground(region.genuine(), Duration.ofMillis(200));
            } else {
                region.genuine().close();
            }
        }
    },
    BUSY_IS_SWALLOWED(SURFACE, CLOSE_08) {
        @Override
        public void close(SurfaceRegion region) {
            try {
                region.genuine().close();
            } catch (CopyException e) {
                if (e.status() != CopyStatus.BUSY) {
                    throw e;
                }
            }
        }
    },
    DEAD_PEER_HOLDS_ITS_REGION(SURFACE, CLOSE_09, CLOSE_14) {
        @Override
        public void close(SurfaceRegion region) {
            region.genuine().close();
            if (region.byteSize() == PeerCloseRules.ABANDONED_BYTES) {
                throw new CopyException(CopyStatus.BUSY, MutantProvider.ID, "a peer that is dead copies");
            }
        }
    },
    FILES_OF_THE_DEAD_ARE_KEPT(BACKEND, CLOSE_10) {
        @Override
        public Dray load(DrayOptions options) {
            Path directory = options.directory().orElseThrow();
            List<String> before = Directories.names(directory);
            Dray dray = Dray.load(options);
            List<String> after = Directories.names(directory);
            before.stream().filter(it -> !after.contains(it)).forEach(it -> create(directory.resolve(it)));
            return dray;
        }
    },
    OPENING_LEAKS_A_DESCRIPTOR(BACKEND, CLOSE_11) {
        private final Map<Path, AtomicInteger> openings = new ConcurrentHashMap<>();

        @Override
        public void open(DriverContext context) {
            Path directory = context.aliveFile().toAbsolutePath().getParent();
            int opening = openings.computeIfAbsent(directory, it -> new AtomicInteger())
                    .incrementAndGet();
            if (opening == CloseRules.OPENINGS) {
                Defect.leakDescriptor();
            }
        }
    },
    CLOSE_UNDER_COPIES_THROWS(SURFACE, CLOSE_12) {
        @Override
        public void closeDray(SurfaceDray dray) {
            boolean busy = copies(dray);
            dray.genuine().close();
            if (busy) {
                throw new IllegalStateException("copies were running");
            }
        }
    },
    CLOSED_EXPORT_STAYS(SURFACE, CLOSE_13) {
        @Override
        public void closeExport(Exported genuine) {}
    },
    EXIT_WAITS(BACKEND, CLOSE_14) {
        @Override
        public Dray load(DrayOptions options) {
            if (System.getProperty("sun.java.command", "").contains(PeerMain.class.getName())) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Defect.linger(Duration.ofSeconds(7))));
            }
            return Dray.load(options);
        }
    };

    private final Layer layer;
    private final Set<Rule> broken;

    CloseMutant(Layer layer, Rule... broken) {
        this.layer = layer;
        this.broken = Set.of(broken);
    }

    private static boolean copies(SurfaceDray dray) {
        return dray.wrappers().values().stream()
                .anyMatch(it -> ((SurfaceEngine) it).inFlight().get() > 0);
    }

    /** Complains if two threads come at the same time. */
    private static void requireAlone(AtomicInteger users) {
        try {
            if (users.incrementAndGet() > 1) {
                throw new IllegalStateException("it is being closed");
            }
            // Long enough for another thread to come.
            Defect.linger(Duration.ofNanos(50_000));
        } finally {
            users.decrementAndGet();
        }
    }

    static void inBackground(MemoryRegion region, Duration delay) {
        Thread thread = new Thread(
                () -> {
                    Defect.linger(delay);
                    Race.outcome(region::close);
                },
                "mutant");
        thread.setDaemon(true);
        thread.start();
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }

    @Override
    public Layer layer() {
        return layer;
    }
}
