package org.dray.cli.report;

import java.util.List;
import java.util.stream.Collectors;
import org.dray.cli.report.Matrix.Column;
import org.dray.cli.report.Matrix.Line;
import org.dray.tck.Outcome;

/** The matrix for a page of text. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String of(Matrix matrix) {
        StringBuilder page = new StringBuilder(1 << 14);
        page.append("# Certificates of Dray backends\n\n");
        row(page, List.of("backend", "version", "machine kind", "verdict", "rules", "kernel", "JDK", "seed", "file"));
        rule(page, 9);
        matrix.columns().forEach(it -> column(page, it));
        if (matrix.isMixed()) {
            page.append("\nThe certificates were made by different editions of the rules.\n");
        }
        page.append('\n');
        row(
                page,
                "rule",
                matrix.columns().stream()
                        .map(it -> it.label() + " " + it.certificate().kind())
                        .toList());
        rule(page, matrix.columns().size() + 1);
        matrix.lines().forEach(it -> line(page, it));
        if (!matrix.troubles().isEmpty()) {
            page.append("\n## What stands in the way\n");
            matrix.troubles().forEach(it -> trouble(page, it));
        }
        return page.toString();
    }

    private static void column(StringBuilder page, Column column) {
        CertificateFile it = column.certificate();
        row(
                page,
                List.of(
                        column.label(),
                        it.version(),
                        it.kind(),
                        it.verdict().name(),
                        Words.counts(it),
                        it.machine(),
                        it.jdk(),
                        it.seed() + (it.isQuick() ? ", factor " + it.factor() : ""),
                        it.file().toString()));
    }

    private static void line(StringBuilder page, Line line) {
        row(
                page,
                line.rule().id(),
                line.cells().stream()
                        .map(cell -> cell.map(it -> emphasised(it.outcome())).orElse("not in its edition"))
                        .toList());
    }

    private static String emphasised(Outcome outcome) {
        String word = outcome.name().replace('_', ' ');
        return outcome == Outcome.FAILED || outcome == Outcome.NOT_RUN ? "**" + word + "**" : word;
    }

    private static void trouble(StringBuilder page, Trouble it) {
        page.append("\n**")
                .append(it.name())
                .append("** ")
                .append(it.outcome().name().replace('_', ' '))
                .append(it.statement().isEmpty() ? "" : ": " + it.statement())
                .append("\n\n    ")
                .append(it.reason().strip().replace("\n", "\n    "))
                .append('\n');
    }

    private static void row(StringBuilder page, String first, List<String> others) {
        page.append("| ").append(first).append(' ');
        row(page, others);
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append(cells.stream()
                .map(it -> it.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static void rule(StringBuilder page, int columns) {
        page.append("|---".repeat(columns)).append("|\n");
    }
}
