package org.dray.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.EngineInfo;
import org.dray.Selection;

/**
 * Everything that Dray finds out about this machine.
 *
 * @param machine where this runs
 * @param directory where the shared files are
 * @param reports every backend on the path
 * @param engines what the usable ones can do, by id
 * @param selection which one Dray takes, and why
 * @param problem why the options that system properties describe cannot be met; empty if they are. The rest was then
 *     found out without them
 */
record DoctorReport(
        Machine machine,
        String directory,
        List<BackendReport> reports,
        Map<String, EngineInfo> engines,
        Selection selection,
        Optional<String> problem) {

    static DoctorReport examine() {
        DrayOptions options;
        try {
            options = DrayOptions.fromSystemProperties();
            try (Dray dray = Dray.load(options)) {
                return of(dray, options, Optional.empty());
            }
        } catch (CopyException | IllegalArgumentException e) {
            options = DrayOptions.builder().build();
            try (Dray dray = Dray.load(options)) {
                return of(dray, options, Optional.of(String.valueOf(e.getMessage())));
            }
        }
    }

    private static DoctorReport of(Dray dray, DrayOptions options, Optional<String> problem) {
        Map<String, EngineInfo> engines = new LinkedHashMap<>();
        for (CopyEngine engine : dray.engines()) {
            engines.put(engine.id(), engine.info());
        }
        return new DoctorReport(
                Machine.current(), SharedDirectory.of(options), dray.reports(), engines, dray.selection(), problem);
    }

    /** Whether a program would get an engine with these options. */
    boolean isHealthy() {
        return problem.isEmpty() && selection.chosen().isPresent();
    }
}
