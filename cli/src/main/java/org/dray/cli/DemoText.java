package org.dray.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.dray.BackendReport;
import org.dray.Selection.Candidate;
import org.dray.cli.TextTable.Align;
import org.dray.cli.TextTable.Cell;
import org.dray.cli.demo.DemoResult;
import org.dray.cli.demo.WayKind;
import org.dray.cli.demo.WayResult;
import org.dray.cli.demo.WayResult.Outcome;

/** The demo's result for people. */
final class DemoText {
    private static final double SMALLEST_SHOWN = 0.01;

    private final Terminal terminal;

    DemoText(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(DemoResult result, Machine machine) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.strong(result.file().toString()) + " from one JVM to another");
        lines.addAll(Paragraph.lines("", machine.toString(), terminal.columns()));
        lines.add("");
        lines.addAll(table(result).lines());
        lines.add("");
        lines.addAll(Paragraph.lines("", howMeasured(result), terminal.columns()));
        result.ways().stream()
                .map(WayResult::way)
                .filter(way -> way.endsWith(WayResult.ALLOCATED))
                .forEach(way -> lines.addAll(Paragraph.lines("", whatAllocatedMeans(way), terminal.columns())));
        for (WayResult way : result.ways()) {
            way.problem().ifPresent(problem -> lines.addAll(problem(way, problem)));
        }
        for (BackendReport report : result.unused()) {
            lines.add(report.backendId() + " took no part: " + report.state() + ", see 'dray doctor'");
        }
        lines.addAll(verdict(result));
        return lines;
    }

    private TextTable table(DemoResult result) {
        TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
        table.row(head("way"), head("route"), head("bytes"), head("GiB/s"), head("to socket"), head("verified"));
        for (WayResult way : result.ways()) {
            table.row(
                    name(way),
                    Cell.of(way.route().isEmpty() ? "-" : way.route()),
                    Cell.of(String.format(Locale.ROOT, "%,d", way.byteSize())),
                    Cell.of(number(way.gibibytesPerSecond(), "")),
                    Cell.of(number(result.ratioToSocket(way), "x")),
                    verified(way.outcome()));
        }
        return table;
    }

    private Cell head(String text) {
        return new Cell(text, terminal::strong);
    }

    private Cell name(WayResult way) {
        boolean needsLabel = way.kind() == WayKind.SIMULATED || way.kind() == WayKind.EMULATED;
        return needsLabel ? new Cell(way.way() + " (" + way.kind() + ")", terminal::doubtful) : Cell.of(way.way());
    }

    private Cell verified(Outcome outcome) {
        UnaryOperator<String> bad = terminal::bad;
        return switch (outcome) {
            case VERIFIED -> new Cell("yes", terminal::good);
            case FAILED -> new Cell("NO", bad);
            case NOT_CONNECTED -> new Cell("not run", bad);
        };
    }

    private static String number(OptionalDouble value, String unit) {
        if (value.isEmpty()) {
            return "-";
        }
        return value.getAsDouble() < SMALLEST_SHOWN
                ? "<" + SMALLEST_SHOWN + unit
                : String.format(Locale.ROOT, "%.2f%s", value.getAsDouble(), unit);
    }

    private static String howMeasured(DemoResult result) {
        String timed = result.rounds() == 1 ? "One transfer" : "Median of " + result.rounds() + " transfers";
        return timed + " each, all ways in turn, after one to warm up. SHA-256 was"
                + " compared after every transfer, outside of the time.";
    }

    private static String whatAllocatedMeans(String way) {
        return way + ": the file lies in memory that the engine allocated; all others take it from direct buffers.";
    }

    private List<String> problem(WayResult way, String problem) {
        List<String> lines = new ArrayList<>();
        String first = way.way() + ": ";
        for (String line : problem.split("\n", -1)) {
            lines.addAll(Paragraph.lines(first, line, terminal.columns()));
            first = " ".repeat(first.length());
        }
        return lines;
    }

    private List<String> verdict(DemoResult result) {
        if (result.ways().stream().allMatch(way -> way.kind() == WayKind.PLAIN)) {
            return Paragraph.lines("", "No backend works here: 'dray doctor' says why.", terminal.columns());
        }
        return result.selection()
                .chosen()
                .map(Candidate::backendId)
                .map(id -> List.of("Dray prefers " + id + " here; 'dray doctor' says why."))
                .orElse(List.of());
    }
}
