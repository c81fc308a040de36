package org.dray.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was written, and where.
 *
 * @param html for a browser
 * @param markdown for a page of text
 */
public record ReportFiles(Path html, Path markdown) {

    /**
     * Writes both forms.
     *
     * @param matrix what to write
     * @param directory where; made if it does not exist
     * @return the files
     * @throws IOException if they cannot be written
     */
    public static ReportFiles write(Matrix matrix, Path directory) throws IOException {
        ReportFiles files = new ReportFiles(directory.resolve("report.html"), directory.resolve("report.md"));
        Files.createDirectories(directory);
        Files.writeString(files.html(), HtmlReport.of(matrix));
        Files.writeString(files.markdown(), MarkdownReport.of(matrix));
        return files;
    }
}
