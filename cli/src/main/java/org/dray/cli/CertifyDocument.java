package org.dray.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dray.tck.Certificate;
import org.dray.tck.Certificate.RuleResult;
import org.dray.tck.Certification.Written;
import org.dray.tck.Outcome;

/** What came of a certification, for programs; the certificate itself has all the rest. */
final class CertifyDocument {
    static final String SCHEMA = "dray-certify/1";

    private CertifyDocument() {}

    static Map<String, Object> of(Written written) {
        Certificate certificate = written.certificate();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("backend", certificate.backend().id());
        document.put("kind", certificate.backend().kind());
        document.put("verdict", certificate.verdict().name());
        document.put("summary", certificate.summary());
        document.put("json", written.json().toString());
        document.put("html", written.html().toString());
        document.put("failed", rules(certificate, Outcome.FAILED));
        document.put("notRun", rules(certificate, Outcome.NOT_RUN));
        return document;
    }

    private static List<Map<String, Object>> rules(Certificate certificate, Outcome outcome) {
        return certificate.rules().stream()
                .filter(result -> result.outcome() == outcome)
                .map(CertifyDocument::rule)
                .toList();
    }

    private static Map<String, Object> rule(RuleResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", result.rule().id());
        document.put("level", result.rule().level().name());
        document.put("reason", result.reason());
        return document;
    }
}
