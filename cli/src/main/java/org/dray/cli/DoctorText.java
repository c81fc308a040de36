package org.dray.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.EngineInfo;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.Route.Initiator;
import org.dray.RouteInfo;
import org.dray.Selection.Candidate;

/** The examination for people. */
final class DoctorText {
    private static final String INDENT = "    ";

    private final Terminal terminal;

    DoctorText(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("dray " + DrayCommand.Version.text());
        add(lines, "", report.machine().toString());
        add(lines, "shared files in ", report.directory());
        report.problem().ifPresent(problem -> {
            lines.add("");
            problem.lines().forEach(line -> add(lines, "", line));
        });
        if (report.reports().isEmpty()) {
            lines.add("");
            add(
                    lines,
                    "",
                    "no backend on the class path or module path: add one, for example org.dray:dray-backend-cma");
        }
        for (BackendReport backend : report.reports()) {
            lines.add("");
            backend(lines, backend, report);
        }
        lines.add("");
        lines.add(terminal.strong("Choice"));
        choice(lines, report);
        return lines;
    }

    private void backend(List<String> lines, BackendReport backend, DoctorReport report) {
        String kind = backend.machineKind() == MachineKind.REAL || backend.machineKind() == MachineKind.UNKNOWN
                ? ""
                : " " + backend.machineKind();
        lines.add(terminal.strong(backend.backendId()) + " " + backend.backendVersion() + " " + state(backend.state())
                + terminal.doubtful(kind));
        EngineInfo info = report.engines().get(backend.backendId());
        if (info != null) {
            add(lines, INDENT + "can        ", sorted(info.capabilities()));
            for (Initiator initiator : Initiator.values()) {
                routes(lines, initiator, info);
            }
        }
        for (Finding finding : backend.findings()) {
            finding(lines, finding);
        }
    }

    private void routes(List<String> lines, Initiator initiator, EngineInfo info) {
        String routes = info.routes().stream()
                .map(RouteInfo::route)
                .filter(route -> route.initiator() == initiator)
                .map(route -> route.source() + "->" + route.destination())
                .collect(Collectors.joining(", "));
        if (!routes.isEmpty()) {
            add(lines, INDENT + "by " + initiator + "  ", routes);
        }
    }

    private void finding(List<String> lines, Finding finding) {
        lines.add(INDENT + finding.check());
        add(lines, INDENT + "  observed  ", finding.observed());
        add(lines, INDENT + "  needed    ", finding.needed());
        add(lines, INDENT + "  remedy    ", finding.remedy());
    }

    private void choice(List<String> lines, DoctorReport report) {
        for (Candidate candidate : report.selection().candidates()) {
            add(lines, (candidate.chosen() ? "  * " : "    ") + candidate.backendId() + ": ", candidate.reason());
        }
        if (report.selection().chosen().isEmpty()) {
            add(lines, INDENT, "no backend can copy here");
        }
    }

    private String state(State state) {
        return switch (state) {
            case AVAILABLE -> terminal.good(state.toString());
            case DEGRADED -> terminal.doubtful(state.toString());
            case UNAVAILABLE, DENIED -> terminal.bad(state.toString());
        };
    }

    private void add(List<String> lines, String first, String text) {
        lines.addAll(Paragraph.lines(first, text, terminal.columns()));
    }

    private static String sorted(Collection<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
    }
}
