package org.dray.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dray.BackendReport;
import org.dray.EngineInfo;
import org.dray.Finding;
import org.dray.Selection.Candidate;

/** The examination for programs. */
final class DoctorDocument {
    static final String SCHEMA = "dray-doctor/1";

    private DoctorDocument() {}

    static Map<String, Object> of(DoctorReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("version", DrayCommand.Version.text());
        document.put("healthy", report.isHealthy());
        document.put("problem", report.problem().orElse(""));
        document.put("machine", report.machine().toDocument());
        document.put("directory", report.directory());
        document.put(
                "backends",
                report.reports().stream().map(it -> backend(it, report)).toList());
        document.put(
                "selection",
                report.selection().candidates().stream()
                        .map(DoctorDocument::candidate)
                        .toList());
        return document;
    }

    private static Map<String, Object> backend(BackendReport backend, DoctorReport report) {
        Map<String, Object> document = report(backend);
        EngineInfo info = report.engines().get(backend.backendId());
        if (info != null) {
            document.put(
                    "capabilities",
                    info.capabilities().stream().map(Enum::name).sorted().toList());
            document.put(
                    "routes",
                    info.routes().stream().map(it -> it.route().toString()).toList());
        }
        return document;
    }

    /** What a backend says about itself. */
    static Map<String, Object> report(BackendReport backend) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", backend.backendId());
        document.put("version", backend.backendVersion());
        document.put("state", backend.state().name());
        document.put("kind", backend.machineKind().name());
        document.put("findings", findings(backend.findings()));
        return document;
    }

    private static Map<String, Object> candidate(Candidate candidate) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", candidate.backendId());
        document.put("chosen", candidate.chosen());
        document.put("reason", candidate.reason());
        document.put("findings", findings(candidate.findings()));
        return document;
    }

    private static List<Map<String, Object>> findings(List<Finding> findings) {
        return findings.stream().map(DoctorDocument::finding).toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("check", finding.check());
        document.put("observed", finding.observed());
        document.put("needed", finding.needed());
        document.put("remedy", finding.remedy());
        return document;
    }
}
