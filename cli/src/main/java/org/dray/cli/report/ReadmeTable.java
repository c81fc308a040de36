package org.dray.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The table of certificates in a page that is otherwise written by hand: nothing in it changes with every run. */
public final class ReadmeTable {
    private static final String BEGIN = "<!-- certificates -->\n";
    private static final String END = "<!-- end of certificates -->\n";

    private ReadmeTable() {}

    /**
     * Replaces the table between the two marks.
     *
     * @param page the file to change
     * @param matrix what it shall say
     * @throws IOException if the page cannot be read or written, or has no marks
     */
    public static void replace(Path page, Matrix matrix) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no lines '" + BEGIN.strip() + "' and, below it, '" + END.strip()
                    + "' between which the table could go");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + table(matrix) + text.substring(end));
    }

    private static String table(Matrix matrix) {
        return matrix.columns().stream()
                .map(Matrix.Column::certificate)
                .map(it -> "| `" + it.backend() + "` | " + it.kind() + " | " + it.verdict()
                        + (it.isQuick() ? ", quick run" : "") + " |\n")
                .distinct()
                .sorted()
                .collect(Collectors.joining("", "| backend | machine | verdict |\n|---|---|---|\n", ""));
    }
}
