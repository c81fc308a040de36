package org.dray.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.dray.AddressSpace;
import org.dray.BackendReport;
import org.dray.DrayOptions;
import org.dray.EngineInfo;

/** The order in which engines are preferred: a pure function of what is known about them and of the options. */
final class Ranking {
    private static final long TYPICAL_BYTES = 1 << 20;

    private Ranking() {}

    /**
     * What counts: the caller's preference, real before emulated before simulated, proven before unproven, cheap before
     * expensive, id.
     */
    record Entry(EngineInfo info, BackendReport.State state, int index) {}

    static Comparator<Entry> order(DrayOptions options, long lengthBytes) {
        return Comparator.<Entry>comparingInt(
                        e -> preference(options.preferred(), e.info().engineId()))
                .thenComparing(e -> e.info().machineKind()) // declared in this order
                .thenComparing(e -> e.state() != BackendReport.State.AVAILABLE)
                .thenComparingDouble(e -> costNanos(e.info(), lengthBytes))
                .thenComparing(e -> e.info().engineId());
    }

    static Comparator<Entry> order(DrayOptions options) {
        return order(options, TYPICAL_BYTES);
    }

    private static int preference(List<String> preferred, String id) {
        int at = preferred.indexOf(id);
        return at < 0 ? preferred.size() : at;
    }

    /** The price of fetching from a peer, or of the engine's first route if it has no peers. */
    static double costNanos(EngineInfo info, long lengthBytes) {
        return info.route(AddressSpace.Kind.PEER, AddressSpace.Kind.LOCAL)
                .or(() -> info.routes().stream().findFirst())
                .map(route -> route.cost().estimateNanos(lengthBytes))
                .orElse(Double.MAX_VALUE);
    }

    static String reason(EngineInfo info, BackendReport.State state, long lengthBytes) {
        return String.format(
                Locale.ROOT,
                "%s, %s, about %,d ns for %,d bytes",
                info.machineKind(),
                state,
                Math.round(costNanos(info, lengthBytes)),
                lengthBytes);
    }
}
