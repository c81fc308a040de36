package org.dray.cli;

import java.util.ArrayList;
import java.util.List;
import org.dray.tck.Certificate;
import org.dray.tck.Certificate.RuleResult;
import org.dray.tck.Certification.Written;
import org.dray.tck.Outcome;
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
        for (RuleResult result : certificate.rules()) {
            if (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.NOT_RUN) {
                String rule = result.rule().id() + " (" + result.rule().level() + ") ";
                lines.addAll(Paragraph.lines("", rule + result.rule().statement(), terminal.columns()));
                lines.addAll(Paragraph.lines(
                        "    " + result.outcome() + "  ", firstLine(result.reason()), terminal.columns()));
            }
        }
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

    /** The certificate has the rest. */
    private static String firstLine(String reason) {
        return reason.lines().findFirst().orElse("no reason given");
    }
}
