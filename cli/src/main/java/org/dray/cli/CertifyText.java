package org.dray.cli;

import java.util.ArrayList;
import java.util.List;
import org.dray.cli.report.RuleRow;
import org.dray.cli.report.Trouble;
import org.dray.tck.Certificate;
import org.dray.tck.Certificate.RuleResult;
import org.dray.tck.Certification.Written;
import org.dray.tck.Verdict;

/** What came of a certification, for people. */
final class CertifyText {
    private final Terminal terminal;

    CertifyText(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(Written written) {
        Certificate certificate = written.certificate();
        List<String> lines = new ArrayList<>();
        TroubleText troubles = new TroubleText(terminal);
        Trouble.in("", certificate.rules().stream().map(CertifyText::row).toList())
                .forEach(it -> lines.addAll(troubles.lines(it)));
        lines.add(paint(certificate.verdict(), certificate.summary()));
        lines.addAll(Paragraph.lines("slowest rules: ", certificate.slowestRules(), terminal.columns()));
        lines.add(written.html().toString());
        lines.add(written.json().toString());
        return lines;
    }

    private String paint(Verdict verdict, String text) {
        return switch (verdict) {
            case CERTIFIED -> terminal.good(text);
            case FAILED -> terminal.bad(text);
            case INCOMPLETE -> terminal.doubtful(text);
        };
    }

    private static RuleRow row(RuleResult it) {
        return new RuleRow(
                it.rule().id(),
                it.rule().level(),
                it.rule().statement(),
                it.outcome(),
                it.reason(),
                it.durationMillis());
    }
}
