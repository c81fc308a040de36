package org.dray.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dray.cli.TextTable.Align;
import org.dray.cli.TextTable.Cell;
import org.dray.cli.report.CertificateFile;
import org.dray.cli.report.Matrix;
import org.dray.cli.report.Matrix.Column;
import org.dray.cli.report.Matrix.Line;
import org.dray.cli.report.ReportFiles;
import org.dray.cli.report.RuleRow;
import org.dray.cli.report.Words;
import org.dray.tck.Verdict;

/** The matrix for people. */
final class ReportText {
    private static final String NOT_IN_ITS_EDITION = "-";

    private final Terminal terminal;

    ReportText(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(Matrix matrix, ReportFiles files) {
        List<String> lines = new ArrayList<>(table(matrix));
        lines.add("");
        TroubleText troubles = new TroubleText(terminal);
        matrix.troubles().forEach(it -> lines.addAll(troubles.lines(it)));
        matrix.columns().forEach(it -> lines.addAll(summary(it)));
        if (matrix.isMixed()) {
            lines.add("The certificates were made by different editions of the rules.");
        }
        lines.add(files.html().toString());
        lines.add(files.markdown().toString());
        return lines;
    }

    private List<String> table(Matrix matrix) {
        Align[] aligns = new Align[matrix.columns().size() + 1];
        Arrays.fill(aligns, Align.LEFT);
        TextTable table = new TextTable(aligns);
        table.row(row("", matrix.columns().stream().map(it -> new Cell(it.label(), terminal::strong))));
        table.row(row("", matrix.columns().stream().map(it -> kind(it.certificate()))));
        for (Line line : matrix.lines()) {
            table.row(row(
                    line.rule().id(),
                    line.cells().stream().map(it -> it.map(this::outcome).orElse(Cell.of(NOT_IN_ITS_EDITION)))));
        }
        return table.lines();
    }

    private static Cell[] row(String first, Stream<Cell> others) {
        return Stream.concat(Stream.of(Cell.of(first)), others).toArray(Cell[]::new);
    }

    private Cell kind(CertificateFile certificate) {
        return certificate.kind().equals("REAL")
                ? Cell.of(certificate.kind())
                : new Cell(certificate.kind(), terminal::doubtful);
    }

    /** What stands in the way is written large. */
    private Cell outcome(RuleRow rule) {
        String word = rule.outcome().name().replace('_', ' ');
        String small = word.toLowerCase(Locale.ROOT);
        return switch (rule.outcome()) {
            case PASSED -> new Cell(small, terminal::good);
            case NOT_APPLICABLE -> Cell.of("n/a");
            case UNTESTED -> Cell.of(small);
            case NOT_RUN -> new Cell(word, terminal::doubtful);
            case FAILED -> new Cell(word, terminal::bad);
        };
    }

    private List<String> summary(Column column) {
        CertificateFile it = column.certificate();
        String text = column.label() + " " + it.version() + ": " + it.verdict() + " (" + it.kind() + "), "
                + Words.counts(it) + (it.isQuick() ? "; quick, factor " + it.factor() : "");
        return Paragraph.lines("", text, terminal.columns()).stream()
                .map(line -> paint(it.verdict(), line))
                .toList();
    }

    private String paint(Verdict verdict, String text) {
        return switch (verdict) {
            case CERTIFIED -> terminal.good(text);
            case FAILED -> terminal.bad(text);
            case INCOMPLETE -> terminal.doubtful(text);
        };
    }
}
