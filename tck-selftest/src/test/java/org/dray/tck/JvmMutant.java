package org.dray.tck;

import static org.dray.tck.Layer.BACKEND;
import static org.dray.tck.Layer.SURFACE;
import static org.dray.tck.Rule.JVM_01;
import static org.dray.tck.Rule.JVM_02;
import static org.dray.tck.Rule.JVM_03;
import static org.dray.tck.Rule.JVM_04;
import static org.dray.tck.Rule.JVM_06;
import static org.dray.tck.Rule.JVM_07;
import static org.dray.tck.Rule.JVM_08;
import static org.dray.tck.Rule.JVM_09;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.dray.Dray;
import org.dray.DrayOptions;

/** Defects that the rest of a JVM notices. */
enum JvmMutant implements Mutant {
    A_SIGNAL_IS_IGNORED(BACKEND, JVM_01) {
        @Override
        public Dray load(DrayOptions options) {
            if (isElsewhere()) {
                ignoreWindowChanges();
            }
            return Dray.load(options);
        }
    },
    A_GREETING_IS_PRINTED(BACKEND, JVM_02) {
        @Override
        public Dray load(DrayOptions options) {
            System.err.println("using a backend");
            return Dray.load(options);
        }
    },
    COPIES_CLEAR_THE_INTERRUPT(SURFACE, JVM_03) {
        @Override
        public void copy(Copy it) {
            Thread.interrupted();
            it.run();
        }
    },
    COLLECTIONS_COST_A_BYTE(SURFACE, JVM_04) {
        @Override
        public void copy(Copy it) {
            boolean inTheStorm = it.lengthBytes() == JvmRules.STORM_BYTES;
            it.run(inTheStorm && collections() > collectionsAtFirst + 2 ? it.lengthBytes() - 1 : it.lengthBytes());
        }

        private volatile long collectionsAtFirst = Long.MAX_VALUE / 2;

        @Override
        public Dray load(DrayOptions options) {
            collectionsAtFirst = collections();
            return Dray.load(options);
        }
    },
    A_HOOK_KEEPS_THE_LOADER(BACKEND, JVM_06) {
        @Override
        public Dray load(DrayOptions options) {
            if (JvmMutant.class.getClassLoader() instanceof URLClassLoader) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> Race.outcome(() -> {})));
            }
            return Dray.load(options);
        }
    },
    A_DESCRIPTOR_SURVIVES_EXEC(SURFACE, JVM_07) {
        private final Map<Dray, FileChannel> opened = new ConcurrentHashMap<>();

        @Override
        public Dray load(DrayOptions options) {
            Dray dray = Dray.load(options);
            try {
                opened.put(dray, FileChannel.open(Path.of("/dev/null")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return dray;
        }

        @Override
        public void closeDray(SurfaceDray dray) {
            dray.genuine().close();
            try {
                FileChannel channel = opened.remove(dray.genuine());
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    COPIES_RECURSE(SURFACE, JVM_08) {
        @Override
        public void copy(Copy it) {
            if (Thread.currentThread().getName().equals(JvmRules.SMALL_STACK)) {
                descend(100_000);
            }
            it.run();
        }
    },
    A_THREAD_IS_NO_DAEMON(SURFACE, JVM_09) {
        private final Map<Dray, CountDownLatch> ends = new ConcurrentHashMap<>();

        @Override
        public Dray load(DrayOptions options) {
            Dray dray = Dray.load(options);
            CountDownLatch end = new CountDownLatch(1);
            ends.put(dray, end);
            Thread thread = new Thread(() -> awaitQuietly(end), "dray-mutant");
            thread.start();
            return dray;
        }

        @Override
        public void closeDray(SurfaceDray dray) {
            dray.genuine().close();
            CountDownLatch end = ends.remove(dray.genuine());
            if (end != null) {
                end.countDown();
            }
        }
    };

    private final Layer layer;
    private final Set<Rule> broken;

    JvmMutant(Layer layer, Rule... broken) {
        this.layer = layer;
        this.broken = Set.of(broken);
    }

    private static boolean isElsewhere() {
        return System.getProperty("sun.java.command", "").contains(PeerMain.class.getName());
    }

    /** By reflection: the compiler warns of the names. */
    private static void ignoreWindowChanges() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), ignore);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static int descend(int depth) {
        return depth == 0 ? 0 : 1 + descend(depth - 1);
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
