package org.dray.cli;

import java.util.ArrayList;
import java.util.List;
import org.dray.cli.report.Trouble;

/** What stands in the way of a certificate, for people. */
final class TroubleText {
    private final Terminal terminal;

    TroubleText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Of a single rule the first line, since the certificate has the rest; of many all that there is to know. */
    List<String> lines(Trouble trouble) {
        List<String> lines =
                new ArrayList<>(Paragraph.lines("", trouble.name() + " " + trouble.statement(), terminal.columns()));
        String first = "    " + trouble.outcome() + "  ";
        List<String> reason = trouble.reason().isEmpty()
                ? List.of("no reason given")
                : trouble.reason().lines().toList();
        for (String line : trouble.rules().size() == 1 ? reason.subList(0, 1) : reason) {
            lines.addAll(Paragraph.lines(first, line, terminal.columns()));
            first = " ".repeat(first.length());
        }
        return lines;
    }
}
