package org.dray.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.Capability;
import org.dray.MemoryRegion;

/** Rules about what a JVM that uses a backend must not notice. */
abstract class JvmRules extends RuleGroup {
    static final int STORM_BYTES = 300_007;
    static final String SMALL_STACK = "dray-tck-small-stack";

    private static final int LONG_BYTES = 64 << 20;
    private static final int STACK_BYTES = 256 << 10;
    private static final String FLAGS = "flags:";
    private static final long CLOSE_ON_EXEC = 02000000;
    private static final Duration BOUND = Duration.ofSeconds(15);

    @Verifies(Rule.JVM_03)
    final void jvm03_interruptedThreadWorksAndStaysInterrupted() {
        boolean interrupted;
        Thread.currentThread().interrupt();
        try {
            copyOnce();
            dray().close();
        } finally {
            interrupted = Thread.interrupted();
        }
        Expect.that(interrupted, "the thread is not interrupted any more");
        scene().reopen();
    }

    private void copyOnce() {
        NearPair pair = NearPair.of(scene(), page());
        pair.copyExactly(1);
        pair.close();
    }

    @Verifies(Rule.JVM_04)
    final void jvm04_copiesStayExactInAStormOfCollections() {
        AtomicBoolean over = new AtomicBoolean();
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        List<Runnable> threads = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            NearPair pair = NearPair.of(scene(), whole(STORM_BYTES));
            long seed = 1000L * thread;
            threads.add(() -> {
                for (int round = 0; !over.get() && wrong.isEmpty(); round++) {
                    try {
                        pair.copyExactly(seed + round);
                    } catch (AssertionError e) {
                        wrong.add(String.valueOf(e.getMessage()));
                    }
                }
            });
        }
        threads.add(() -> {
            for (int i = 0; i < effort().rounds(20, 6); i++) {
                // What is freed now could be given to whoever still believes to own it.
                ByteBuffer.allocateDirect(STORM_BYTES);
                System.gc();
            }
            over.set(true);
        });
        Expect.outcomes(Race.of(threads), Race.OK);
        Expect.same(Set.of(), wrong, "what copies during collections got wrong");
    }

    @Verifies(Rule.JVM_05)
    final void jvm05_copiesDoNotHoldUpCollections() {
        int lengthBytes = NearPair.largestBytes(scene(), LONG_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        long aloneMillis = collectionMillis();
        List<CopyLoop> loops = Stream.generate(() -> new CopyLoop(engine(), pair.from(), pair.to(), lengthBytes))
                .limit(4)
                .toList();
        loops.forEach(CopyLoop::awaitFirst);
        long besideMillis = collectionMillis();
        loops.forEach(it -> it.stop(BOUND));
        String measured = "a collection took " + besideMillis + " ms, and " + aloneMillis + " ms without copies";
        scene().note(measured);
        Expect.that(besideMillis <= aloneMillis + 500, measured);
    }

    private static long collectionMillis() {
        long longest = 0;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            System.gc();
            longest = Math.max(longest, System.nanoTime() - start);
        }
        return longest / 1_000_000;
    }

    @Verifies(Rule.JVM_07)
    final void jvm07_descriptorsAreClosedByExec() {
        Traces before = Traces.now();
        MemoryRegion region = engine().register(ByteBuffer.allocateDirect(page()), Access.READ);
        if (info().has(Capability.SHARE)) {
            places().far(1, Access.READ_WRITE, page());
        }
        // Files of the directory are the core's: their locks do not go to a child, and the JDK cannot close them on
        // exec.
        List<String> inherited = before.newDescriptors().stream()
                .filter(it -> !it.contains(scene().directory().toString()))
                .filter(JvmRules::isInherited)
                .toList();
        Expect.that(region.isOpen(), "the region is closed");
        Expect.same(List.of(), inherited, "the descriptors that another program would inherit");
    }

    private static boolean isInherited(String descriptor) {
        Path info = Path.of("/proc/self/fdinfo", descriptor.substring(0, descriptor.indexOf(' ')));
        try {
            return Files.readAllLines(info).stream()
                    .filter(it -> it.startsWith(FLAGS))
                    .mapToLong(it -> Long.parseLong(it.substring(FLAGS.length()).strip(), 8))
                    .allMatch(it -> (it & CLOSE_ON_EXEC) == 0);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Verifies(Rule.JVM_08)
    final void jvm08_smallStackIsEnough() throws InterruptedException {
        engine();
        List<String> outcomes = new ArrayList<>();
        Thread thread = new Thread(null, () -> outcomes.add(Race.outcome(() -> copyOnce())), SMALL_STACK, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        thread.join(BOUND.toMillis());
        Expect.same(List.of(Race.OK), outcomes, "what came of a copy on a stack of " + STACK_BYTES + " bytes");
    }

    @Verifies(Rule.JVM_09)
    final void jvm09_threadsAreDaemonsOfDray() {
        Traces before = Traces.now();
        NearPair pair = NearPair.of(scene(), page());
        engine().copyAsync(pair.from(), 0, pair.to(), 0, page()).join();
        for (Thread thread : before.newThreads()) {
            Expect.that(thread.isDaemon(), "'" + thread.getName() + "' keeps the process from ending");
            Expect.that(thread.getName().startsWith("dray-"), "a thread has the name '" + thread.getName() + "'");
        }
    }
}
