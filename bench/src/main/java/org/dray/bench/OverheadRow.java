package org.dray.bench;

import java.util.List;
import java.util.Locale;

/**
 * One size of {@link CmaOverhead}'s table.
 *
 * @param lengthBytes of each copy
 * @param calls the loop in C
 * @param copy Dray
 * @param unproven the loop in C without the proof of the owner's identity
 * @param heapBytes the least that one turn of Dray left on the heap
 * @param copies how many copies a turn makes
 */
record OverheadRow(int lengthBytes, Samples calls, Samples copy, Samples unproven, long heapBytes, long copies) {
    static final String HEAD = String.format(
            "%10s %12s %12s %12s %8s %12s %16s",
            "bytes", "C loop ns", "Dray ns", "overhead ns", "ratio", "proof ns", "heap bytes/copy");

    private static final double MAX_OVERHEAD_NANOS = 40;
    private static final double MAX_RATIO = 1.03;
    private static final int RATIO_FROM_BYTES = 16 << 10;

    double overheadNanos() {
        return copy.medianMoreThan(calls);
    }

    double ratio() {
        return 1 + overheadNanos() / calls.median();
    }

    private boolean holds() {
        return lengthBytes >= RATIO_FROM_BYTES ? ratio() <= MAX_RATIO : overheadNanos() <= MAX_OVERHEAD_NANOS;
    }

    static boolean verdict(List<OverheadRow> rows) {
        boolean held = rows.stream().allMatch(OverheadRow::holds);
        System.out.printf(
                Locale.ROOT,
                "limits: %.0f ns below %d bytes, ratio %.2f from there on: %s%n",
                MAX_OVERHEAD_NANOS,
                RATIO_FROM_BYTES,
                MAX_RATIO,
                held ? "held" : "MISSED");
        return held;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%10d %12.1f %12.1f %12.1f %8.4f %12.1f %16.3f",
                lengthBytes,
                calls.median(),
                copy.median(),
                overheadNanos(),
                ratio(),
                calls.medianMoreThan(unproven),
                (double) heapBytes / copies);
    }
}
