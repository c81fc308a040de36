package org.dray.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dray.tck.Verdict;

/**
 * Certificates side by side: a column for each, a line for each rule that any of them has.
 *
 * @param columns the certificates, in the order in which they were given
 * @param lines the rules, group by group
 */
public record Matrix(List<Column> columns, List<Line> lines) {

    /**
     * One certificate.
     *
     * @param label the backend's id; where several have the same, with what tells their test classes apart, or with the
     *     number of the column
     * @param certificate what it says
     */
    public record Column(String label, CertificateFile certificate) {}

    /**
     * One rule.
     *
     * @param rule as the first certificate that has it says it
     * @param cells for each column what became of it; empty where that edition does not have it
     */
    public record Line(RuleRow rule, List<Optional<RuleRow>> cells) {
        /** Copies the list. */
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /** Copies the lists. */
    public Matrix {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
    }

    /**
     * Reads certificates.
     *
     * @param files as {@code dray certify} and the builds of backends write them
     * @return them side by side
     * @throws UnusableCertificateException if one is not a certificate, or contradicts itself
     */
    public static Matrix read(List<Path> files) throws UnusableCertificateException {
        List<CertificateFile> certificates = new ArrayList<>();
        for (Path file : files) {
            certificates.add(CertificateReader.read(file));
        }
        return of(certificates);
    }

    static Matrix of(List<CertificateFile> certificates) {
        List<Column> columns = new ArrayList<>();
        for (CertificateFile it : certificates) {
            columns.add(new Column(label(it, columns.size() + 1, certificates), it));
        }
        Map<String, RuleRow> rules = new LinkedHashMap<>();
        certificates.forEach(certificate -> certificate.rules().forEach(it -> rules.putIfAbsent(it.id(), it)));
        List<String> groups =
                rules.values().stream().map(RuleRow::group).distinct().toList();
        List<Line> lines = rules.values().stream()
                .sorted(Comparator.comparingInt((RuleRow it) -> groups.indexOf(it.group()))
                        .thenComparing(RuleRow::id))
                .map(rule -> new Line(
                        rule,
                        certificates.stream().map(it -> it.rule(rule.id())).toList()))
                .toList();
        return new Matrix(columns, lines);
    }

    private static String label(CertificateFile certificate, int number, List<CertificateFile> all) {
        List<CertificateFile> namesakes = all.stream()
                .filter(it -> it.backend().equals(certificate.backend()))
                .toList();
        boolean placesDiffer =
                namesakes.stream().map(CertificateFile::place).distinct().count() == namesakes.size();
        return certificate.backend()
                + (namesakes.size() == 1 ? "" : placesDiffer ? "/" + certificate.place() : " #" + number);
    }

    /**
     * All in one word.
     *
     * @return FAILED if one certificate is, else INCOMPLETE if one is, else CERTIFIED
     */
    public Verdict verdict() {
        List<Verdict> verdicts =
                columns.stream().map(it -> it.certificate().verdict()).toList();
        return verdicts.contains(Verdict.FAILED)
                ? Verdict.FAILED
                : verdicts.contains(Verdict.INCOMPLETE) ? Verdict.INCOMPLETE : Verdict.CERTIFIED;
    }

    /**
     * What failed or did not run.
     *
     * @return column by column
     */
    public List<Trouble> troubles() {
        return columns.stream()
                .flatMap(it -> Trouble.in(it.label(), it.certificate().rules()).stream())
                .toList();
    }

    /**
     * Whether the certificates were made by different editions of the rules.
     *
     * @return true if the texts of their rules differ
     */
    public boolean isMixed() {
        return columns.stream().map(it -> it.certificate().ruleSet()).distinct().count() > 1;
    }
}
