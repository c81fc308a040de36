package org.dray.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dray.cli.report.CertificateFile;
import org.dray.cli.report.Matrix;
import org.dray.cli.report.Matrix.Column;
import org.dray.cli.report.Matrix.Line;
import org.dray.cli.report.ReportFiles;

/** The matrix for programs. */
final class ReportDocument {
    static final String SCHEMA = "dray-report/1";

    private ReportDocument() {}

    static Map<String, Object> of(Matrix matrix, ReportFiles files) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("verdict", matrix.verdict().name());
        document.put("mixedEditions", matrix.isMixed());
        document.put("html", files.html().toString());
        document.put("markdown", files.markdown().toString());
        document.put(
                "certificates",
                matrix.columns().stream().map(ReportDocument::certificate).toList());
        document.put("rules", matrix.lines().stream().map(ReportDocument::rule).toList());
        return document;
    }

    private static Map<String, Object> certificate(Column column) {
        CertificateFile it = column.certificate();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("label", column.label());
        document.put("backend", it.backend());
        document.put("version", it.version());
        document.put("kind", it.kind());
        document.put("verdict", it.verdict().name());
        document.put("file", it.file().toString());
        return document;
    }

    /** Outcomes in the order of the certificates; ABSENT where that edition does not have the rule. */
    private static Map<String, Object> rule(Line line) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", line.rule().id());
        document.put("level", line.rule().level().name());
        document.put(
                "outcomes",
                line.cells().stream()
                        .map(cell -> cell.map(it -> it.outcome().name()).orElse("ABSENT"))
                        .toList());
        return document;
    }
}
