package org.dray.internal;

import java.util.ArrayList;
import java.util.List;
import org.dray.BackendReport;
import org.dray.EngineInfo;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.Selection;
import org.dray.spi.BackendException;
import org.dray.spi.CopyDriver;

/**
 * The engines of one Dray.
 *
 * @param engines those that were opened, best first
 * @param reports of every backend, in order of id
 * @param selection why they stand in this order, and why the others are missing
 */
record Engines(List<EngineCore> engines, List<BackendReport> reports, Selection selection) {
    private static final System.Logger LOG = System.getLogger(Engines.class.getName());

    /** Opens every usable backend. If a required one is not usable, everything is closed again. */
    static Engines open(DrayCore dray, List<Candidate> candidates) {
        List<BackendReport> reports = new ArrayList<>();
        List<CopyDriver> drivers = new ArrayList<>();
        List<Ranking.Entry> entries = new ArrayList<>();
        boolean complete = false;
        try {
            for (Candidate candidate : candidates) {
                BackendReport report = candidate.report();
                if (candidate.isUsable()) {
                    try {
                        EngineInfo info = open(dray, candidate, drivers);
                        entries.add(new Ranking.Entry(info, report.state(), drivers.size() - 1));
                    } catch (BackendException e) {
                        report = failed(report, e, e.findings());
                    } catch (RuntimeException | LinkageError e) {
                        report = failed(report, e, List.of());
                    }
                }
                reports.add(report);
                if (dray.options().required().contains(report.backendId())
                        && !report.state().isUsable()) {
                    throw DrayCore.unavailable(report);
                }
            }
            entries.sort(Ranking.order(dray.options()));
            List<EngineCore> engines = new ArrayList<>();
            for (Ranking.Entry entry : entries) {
                engines.add(new EngineCore(dray, engines.size(), drivers.get(entry.index())));
            }
            announceSimulator(dray, engines);
            Engines opened = new Engines(List.copyOf(engines), List.copyOf(reports), explain(entries, reports));
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                Attempts attempts = new Attempts();
                drivers.forEach(driver -> attempts.run(driver::close));
            }
        }
    }

    /** Opens a driver and adds it to the others, unless it describes itself in a way that cannot be. */
    private static EngineInfo open(DrayCore dray, Candidate candidate, List<CopyDriver> drivers)
            throws BackendException {
        CopyDriver driver = candidate.provider().orElseThrow().open(new DrayCore.Context(dray.instance()));
        boolean added = false;
        try {
            EngineInfo info = driver.info();
            if (!info.engineId().equals(candidate.id())) {
                throw new IllegalStateException("the driver says that it is '" + info.engineId() + "'");
            }
            drivers.add(driver);
            added = true;
            return info;
        } finally {
            if (!added) {
                driver.close();
            }
        }
    }

    private static BackendReport failed(BackendReport report, Throwable e, List<Finding> causes) {
        List<Finding> findings = new ArrayList<>(report.findings());
        findings.addAll(causes);
        findings.add(new Finding(
                report.backendId() + ".open",
                e instanceof BackendException ? String.valueOf(e.getMessage()) : e.toString(),
                "a device that opens",
                "see the other findings"));
        return new BackendReport(
                report.backendId(),
                report.backendVersion(),
                BackendReport.State.UNAVAILABLE,
                report.machineKind(),
                findings);
    }

    private static Selection explain(List<Ranking.Entry> entries, List<BackendReport> reports) {
        List<Selection.Candidate> lines = new ArrayList<>();
        for (Ranking.Entry entry : entries) {
            BackendReport report = reports.stream()
                    .filter(r -> r.backendId().equals(entry.info().engineId()))
                    .findFirst()
                    .orElseThrow();
            String reason = Ranking.reason(entry.info(), entry.state(), 1 << 20);
            lines.add(new Selection.Candidate(report.backendId(), lines.isEmpty(), reason, report.findings()));
        }
        for (BackendReport report : reports) {
            if (!report.state().isUsable()) {
                lines.add(new Selection.Candidate(
                        report.backendId(), false, report.state().toString(), report.findings()));
            }
        }
        return new Selection(lines);
    }

    private static void announceSimulator(DrayCore dray, List<EngineCore> engines) {
        if (!engines.isEmpty()
                && engines.get(0).info().machineKind() == MachineKind.SIMULATED
                && !dray.options().required().contains(engines.get(0).id())) {
            String id = engines.get(0).id();
            String reason = dray.options().preferred().contains(id)
                    ? "the options prefer it"
                    : "no real backend is usable here";
            LOG.log(
                    System.Logger.Level.WARNING,
                    "copies go through the simulator '" + id + "': " + reason + "; Dray.selection() says more");
        }
    }
}
