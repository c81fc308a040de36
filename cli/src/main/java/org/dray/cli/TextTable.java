package org.dray.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A table in plain characters: columns as wide as they need, two blanks between them. */
final class TextTable {
    /** Where a column's text stands. */
    enum Align {
        LEFT,
        RIGHT
    }

    /**
     * One cell.
     *
     * @param text what it says
     * @param paint adds colour, which takes no width
     */
    record Cell(String text, UnaryOperator<String> paint) {
        static Cell of(String text) {
            return new Cell(text, UnaryOperator.identity());
        }
    }

    private final List<Align> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    TextTable(Align... columns) {
        this.columns = List.of(columns);
    }

    void row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** The rows as text, without blanks at the end of a line. */
    List<String> lines() {
        int[] widths = new int[columns.size()];
        for (List<Cell> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).text().length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<Cell> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        String gap = "";
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.text().length());
            String painted = cell.paint().apply(cell.text());
            line.append(gap).append(columns.get(i) == Align.LEFT ? painted + padding : padding + painted);
            gap = "  ";
        }
        return line.toString().stripTrailing();
    }
}
