package org.dray.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.dray.cli.report.Matrix.Column;
import org.dray.cli.report.Matrix.Line;
import org.dray.tck.Level;

/** The matrix for a browser: one page that loads nothing. Outcomes and kinds are words as well as colours. */
final class HtmlReport {
    private static final String STYLE = "report.css";

    /** Beside more columns than these, statements would be lines of two words; they show when pointed at. */
    private static final int WITH_STATEMENTS = 5;

    private HtmlReport() {}

    static String of(Matrix matrix) {
        StringBuilder page = new StringBuilder(1 << 16);
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Dray: certificates</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<header>\n<p class=\"over\">Dray TCK</p>\n<h1>Certificates</h1>\n")
                .append("</header>\n<section class=\"cards\">\n");
        matrix.columns().forEach(it -> card(page, it));
        page.append("</section>\n");
        if (matrix.isMixed()) {
            page.append("<p>The certificates were made by different editions of the rules.</p>\n");
        }
        if (!matrix.troubles().isEmpty()) {
            page.append("<section>\n<h2>What stands in the way</h2>\n");
            matrix.troubles().forEach(it -> trouble(page, it));
            page.append("</section>\n");
        }
        table(page, matrix);
        return page.append("</body>\n</html>\n").toString();
    }

    private static void card(StringBuilder page, Column column) {
        CertificateFile it = column.certificate();
        page.append("<article>\n<h2>")
                .append(escape(column.label()))
                .append(" <small>")
                .append(escape(it.version()))
                .append("</small></h2>\n<p>")
                .append(badge(it.verdict().name()))
                .append(' ')
                .append(badge(it.kind()))
                .append(it.isQuick() ? " " + badge("QUICK") : "")
                .append("</p>\n<p>")
                .append(escape(Words.counts(it)))
                .append("</p>\n<p class=\"soft\">")
                .append(escape(it.machine() + ", JDK " + it.jdk()))
                .append("<br>seed ")
                .append(it.seed())
                .append(it.isQuick() ? ", factor " + it.factor() : ", full run")
                .append("<br>")
                .append(escape(it.testClass()))
                .append("<br>")
                .append(escape(it.file().toString()))
                .append("</p>\n</article>\n");
    }

    private static void trouble(StringBuilder page, Trouble it) {
        page.append("<article class=\"trouble ")
                .append(it.outcome())
                .append("\">\n<h3>")
                .append(escape(it.name()))
                .append(' ')
                .append(badge(it.outcome().name()))
                .append("</h3>\n<p>")
                .append(escape(it.statement()))
                .append("</p>\n<pre>")
                .append(escape(it.reason()))
                .append("</pre>\n</article>\n");
    }

    private static void table(StringBuilder page, Matrix matrix) {
        page.append("<h2>Rules</h2>\n<div class=\"wide\">\n<table")
                .append(matrix.columns().size() > WITH_STATEMENTS ? " class=\"many\"" : "")
                .append(">\n<thead><tr><th>Rule</th>");
        matrix.columns()
                .forEach(it -> page.append("<th>")
                        .append(escape(it.label()))
                        .append("<br>")
                        .append(badge(it.certificate().kind()))
                        .append("</th>"));
        page.append("<th class=\"statement\">Statement</th></tr></thead>\n<tbody>\n");
        String group = "";
        for (Line line : matrix.lines()) {
            boolean first = !line.rule().group().equals(group);
            group = line.rule().group();
            line(page, line, first);
        }
        page.append("</tbody>\n</table>\n</div>\n");
    }

    private static void line(StringBuilder page, Line line, boolean firstOfGroup) {
        page.append(firstOfGroup ? "<tr class=\"first\">" : "<tr>")
                .append("<th scope=\"row\" title=\"")
                .append(escape(line.rule().statement()))
                .append("\">")
                .append(escape(line.rule().id()))
                .append("</th>");
        line.cells()
                .forEach(cell -> page.append("<td>")
                        .append(cell.map(it -> mark(it.outcome().name()))
                                .orElse("<span class=\"soft\">no such rule</span>"))
                        .append("</td>"));
        page.append("<td class=\"statement\">")
                .append(line.rule().level() == Level.MUST ? "" : "<small>SHOULD</small> ")
                .append(escape(line.rule().statement()))
                .append("</td></tr>\n");
    }

    private static String mark(String outcome) {
        return "<span class=\"mark " + outcome + "\">" + outcome.replace('_', ' ') + "</span>";
    }

    private static String badge(String word) {
        return "<span class=\"badge " + escape(word) + "\">" + escape(word.replace('_', ' ')) + "</span>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            return new String(
                    Optional.ofNullable(in)
                            .orElseThrow(() -> new IllegalStateException("the jar of the command has no " + STYLE))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STYLE, e);
        }
    }
}
