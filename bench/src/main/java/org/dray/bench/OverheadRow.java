package org.dray.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What copies of one size cost.
 *
 * @param lengthBytes of each copy
 * @param callNanos the loop in C
 * @param copyNanos Dray
 * @param overheadNanos what Dray took more in the same round
 * @param proofNanos what the proof of the owner's identity takes of the loop in C
 * @param heapBytes what a copy of Dray left on the heap
 */
record OverheadRow(
        int lengthBytes,
        double callNanos,
        double copyNanos,
        double overheadNanos,
        double proofNanos,
        double heapBytes) {

    private static final double MAX_OVERHEAD_NANOS = 40;
    private static final double MAX_RATIO = 1.03;
    private static final int RATIO_FROM_BYTES = 16 << 10;

    double ratio() {
        return 1 + overheadNanos / callNanos;
    }

    boolean isWithinLimits() {
        return lengthBytes >= RATIO_FROM_BYTES ? ratio() <= MAX_RATIO : overheadNanos <= MAX_OVERHEAD_NANOS;
    }

    static String limits() {
        return String.format(
                Locale.ROOT,
                "%.0f ns below %d bytes, ratio %.2f from there on",
                MAX_OVERHEAD_NANOS,
                RATIO_FROM_BYTES,
                MAX_RATIO);
    }

    /** The middle of several runs, number by number. */
    static OverheadRow median(List<OverheadRow> runs) {
        return new OverheadRow(
                runs.get(0).lengthBytes,
                median(runs, OverheadRow::callNanos),
                median(runs, OverheadRow::copyNanos),
                median(runs, OverheadRow::overheadNanos),
                median(runs, OverheadRow::proofNanos),
                runs.stream().mapToDouble(OverheadRow::heapBytes).max().orElseThrow());
    }

    private static double median(List<OverheadRow> runs, ToDoubleFunction<OverheadRow> number) {
        return Samples.median(runs.stream().mapToDouble(number).toArray());
    }

    /** One line for a program to read. */
    String toLine() {
        return Stream.concat(
                        Stream.of(Integer.toString(lengthBytes)),
                        DoubleStream.of(callNanos, copyNanos, overheadNanos, proofNanos, heapBytes)
                                .mapToObj(Double::toString))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    static OverheadRow parse(String line) {
        String[] fields = line.split(" ", -1);
        double[] n = Arrays.stream(fields).mapToDouble(Double::parseDouble).toArray();
        return new OverheadRow((int) n[0], n[1], n[2], n[3], n[4], n[5]);
    }
}
