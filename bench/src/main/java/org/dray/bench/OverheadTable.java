package org.dray.bench;

import java.util.List;
import java.util.Locale;

/** The rows for people: the medians of all runs, and between which bounds their overheads lay. */
final class OverheadTable {
    private OverheadTable() {}

    static String head() {
        return String.format(
                "%10s %12s %12s %12s %16s %8s %12s %16s",
                "bytes", "C loop ns", "Dray ns", "overhead ns", "of all runs", "ratio", "proof ns", "heap bytes/copy");
    }

    static String row(List<OverheadRow> runs) {
        OverheadRow median = OverheadRow.median(runs);
        double least =
                runs.stream().mapToDouble(OverheadRow::overheadNanos).min().orElseThrow();
        double most =
                runs.stream().mapToDouble(OverheadRow::overheadNanos).max().orElseThrow();
        return String.format(
                Locale.ROOT,
                "%10d %12.1f %12.1f %12.1f %16s %8.4f %12.1f %16.3f",
                median.lengthBytes(),
                median.callNanos(),
                median.copyNanos(),
                median.overheadNanos(),
                String.format(Locale.ROOT, "%.0f to %.0f", least, most),
                median.ratio(),
                median.proofNanos(),
                median.heapBytes());
    }
}
