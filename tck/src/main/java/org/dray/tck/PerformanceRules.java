package org.dray.tck;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dray.CopyCost;
import org.dray.MachineKind;
import org.dray.MemoryRegion;

/** Rules about time: gross bounds that only a mistake can miss, and what a certificate tells about speed. */
abstract class PerformanceRules extends RuleGroup {
    static final int LONG_BYTES = (1 << 20) + 4096;
    static final int SHORT_BYTES = 72;

    private static final int PLAIN_BYTES = 64 << 20;
    private static final int SHARED_BYTES = 1 << 16;
    private static final int[] COST_BYTES = {64, 16 << 20};
    private static final int BEST_OF = 5;
    private static final int BEST_OF_MANY = 20;
    private static final int THREADS = 8;
    private static final double FACTOR = 10;
    private static final long SLOWEST_BYTES_PER_SECOND = 10_000_000;
    private static final Duration SLOWEST_SHORT = Duration.ofMillis(1);
    private static final Duration SPAN = Duration.ofMillis(150);

    @Verifies(Rule.PERF_01)
    final void perf01_longCopyIsNoStandstill() {
        int lengthBytes = whole(LONG_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        double bytesPerSecond = lengthBytes * 1e9 / bestNanos(pair, lengthBytes, BEST_OF);
        scene().note(rate(bytesPerSecond) + " in copies of " + lengthBytes + " bytes");
        Expect.that(bytesPerSecond >= SLOWEST_BYTES_PER_SECOND, scene().note());
    }

    @Verifies(Rule.PERF_02)
    final void perf02_shortCopyIsNoStandstill() {
        int lengthBytes = whole(SHORT_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        long[] nanos = new long[effort().rounds(10_000, 100)];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = nanosOf(pair, lengthBytes);
        }
        Arrays.sort(nanos);
        long median = nanos[nanos.length / 2];
        scene().note("median " + median + " ns, 99 of 100 in " + nanos[nanos.length * 99 / 100] + " ns, copies of "
                + lengthBytes + " bytes");
        Expect.that(median < SLOWEST_SHORT.toNanos(), scene().note());
    }

    @Verifies(Rule.PERF_03)
    final void perf03_longCopiesAreWorthTheirLength() {
        int longBytes = whole(LONG_BYTES);
        int shortBytes = page();
        double ofLong = (double) bestNanos(NearPair.of(scene(), longBytes), longBytes, 20) / longBytes;
        double ofShort = (double) bestNanos(NearPair.of(scene(), shortBytes), shortBytes, 1000) / shortBytes;
        scene().note(String.format(
                Locale.ROOT,
                "%.3f ns for a byte of %d, %.3f ns for a byte of %d",
                ofLong,
                longBytes,
                ofShort,
                shortBytes));
        judge(ofLong <= ofShort);
    }

    @Verifies(Rule.PERF_04)
    final void perf04_bandwidthIsAShareOfThatOfPlainCopies() {
        int lengthBytes = NearPair.largestBytes(scene(), PLAIN_BYTES);
        NearPair pair = NearPair.of(scene(), lengthBytes);
        ByteBuffer plain = ByteBuffer.allocateDirect(lengthBytes);
        long plainNanos = Long.MAX_VALUE;
        for (int i = 0; i < BEST_OF_MANY; i++) {
            long start = System.nanoTime();
            plain.put(0, pair.source(), 0, lengthBytes);
            plainNanos = Math.min(plainNanos, System.nanoTime() - start);
        }
        double share = (double) plainNanos / bestNanos(pair, lengthBytes, BEST_OF_MANY);
        scene().note(String.format(
                Locale.ROOT,
                "%s, %.0f %% of a plain copy of %d bytes",
                rate(lengthBytes * 1e9 * share / plainNanos),
                100 * share,
                lengthBytes));
        judge(share >= 0.3);
    }

    @Verifies(Rule.PERF_05)
    final void perf05_threadsTogetherAreAsFastAsOne() {
        int lengthBytes = whole(SHARED_BYTES);
        List<NearPair> pairs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            pairs.add(NearPair.of(scene(), lengthBytes));
        }
        double one = bytesPerSecond(pairs.subList(0, 1), lengthBytes);
        double eight = bytesPerSecond(pairs, lengthBytes);
        scene().note(rate(one) + " by one thread, " + rate(eight) + " by eight, copies of " + lengthBytes + " bytes");
        judge(eight >= 0.8 * one);
    }

    /** The bound is asked of real machines; what was measured is told of every one. */
    private void judge(boolean holds) {
        if (info().machineKind() == MachineKind.REAL) {
            Expect.that(holds, scene().note());
        } else {
            scene().note(scene().note() + "; not judged, as the machine is " + info().machineKind());
        }
    }

    private double bytesPerSecond(List<NearPair> pairs, long lengthBytes) {
        List<CopyLoop> loops = pairs.stream()
                .map(it -> new CopyLoop(engine(), it.from(), it.to(), lengthBytes))
                .toList();
        loops.forEach(CopyLoop::awaitFirst);
        long before = rounds(loops);
        long start = System.nanoTime();
        Patience.until(SPAN, () -> false);
        double copied = (double) (rounds(loops) - before) * lengthBytes;
        double bytesPerSecond = copied * 1e9 / (System.nanoTime() - start);
        loops.forEach(it -> it.stop(Duration.ofSeconds(15)));
        return bytesPerSecond;
    }

    private static long rounds(List<CopyLoop> loops) {
        return loops.stream().mapToLong(CopyLoop::rounds).sum();
    }

    @Verifies(Rule.PERF_06)
    final void perf06_declaredCostIsOfTheRightSize() {
        double worst = 1;
        String measured = "as declared";
        for (int wanted : COST_BYTES) {
            int lengthBytes = NearPair.largestBytes(scene(), whole(wanted));
            NearPair pair = NearPair.of(scene(), lengthBytes);
            double nanos = bestNanos(pair, lengthBytes, wanted < page() ? 2000 : BEST_OF_MANY);
            double declared = declaredNanos(pair.path(), lengthBytes);
            double ratio = Math.max(nanos / declared, declared / nanos);
            if (ratio > worst) {
                worst = ratio;
                measured = String.format(
                        Locale.ROOT, "%d bytes in %.0f ns, declared %.0f ns", lengthBytes, nanos, declared);
            }
        }
        scene().note("furthest from its cost: " + measured);
        judge(worst <= FACTOR);
    }

    private double declaredNanos(List<MemoryRegion> path, long lengthBytes) {
        double nanos = 0;
        for (int i = 1; i < path.size(); i++) {
            CopyCost cost = info().route(path.get(i - 1).kind(), path.get(i).kind())
                    .orElseThrow()
                    .cost();
            nanos += cost.estimateNanos(lengthBytes);
        }
        return nanos;
    }

    private static long bestNanos(NearPair pair, long lengthBytes, int times) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            best = Math.min(best, nanosOf(pair, lengthBytes));
        }
        return best;
    }

    private static long nanosOf(NearPair pair, long lengthBytes) {
        long start = System.nanoTime();
        pair.copy(lengthBytes);
        return Math.max(1, System.nanoTime() - start);
    }

    private static String rate(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.2f GB/s", bytesPerSecond / 1e9);
    }
}
