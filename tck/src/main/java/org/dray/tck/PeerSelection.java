package org.dray.tck;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.tck.witness.WitnessProvider;

/** Loads Dray in a process that also has the kit's {@link WitnessProvider}s on its path, and tells what came of it. */
final class PeerSelection {
    private PeerSelection() {}

    /** The number of probes of the first witness during the load, then the engines, then the reports, one each. */
    static List<String> of(Subject subject, Words args) {
        DrayOptions.Builder options = DrayOptions.builder().directory(args.path(1));
        String[] ids = args.list(2).toArray(String[]::new);
        switch (args.text(0)) {
            case "require" -> options.require(ids);
            case "deny" -> options.deny(ids);
            default -> throw new IllegalArgumentException("select '" + args.text(0) + "'");
        }
        int probesBefore = WitnessProvider.probes();
        try (Dray dray = subject.load(options.build())) {
            String engines =
                    String.join(",", dray.engines().stream().map(CopyEngine::id).toList());
            return Stream.concat(
                            Stream.of(Integer.toString(WitnessProvider.probes() - probesBefore), engines),
                            dray.reports().stream().map(BackendReport::toString))
                    .toList();
        } finally {
            deleteEmpty(args.path(1));
        }
    }

    private static void deleteEmpty(Path directory) {
        if (Directories.names(directory).isEmpty()) {
            Directories.delete(directory);
        }
    }
}
