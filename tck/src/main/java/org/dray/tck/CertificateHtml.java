package org.dray.tck;

import static org.dray.tck.CertificateText.time;
import static org.dray.tck.Html.badge;
import static org.dray.tck.Html.escape;
import static org.dray.tck.Html.words;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The certificate for people: one page that loads nothing. Outcomes are words as well as colours. */
final class CertificateHtml {
    private CertificateHtml() {}

    static String of(Certificate certificate) {
        StringBuilder page = new StringBuilder(1 << 16);
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Dray: ")
                .append(escape(certificate.backend().id()))
                .append("</title>\n<style>\n")
                .append(HtmlStyle.css())
                .append("</style>\n</head>\n<body>\n");
        head(page, certificate);
        HtmlRules.troubles(page, certificate);
        facts(page, certificate);
        findings(page, certificate);
        HtmlEngine.capabilities(page, certificate.backend());
        HtmlEngine.routes(page, certificate.backend());
        certificate.rules().stream()
                .map(it -> it.rule().group())
                .distinct()
                .forEach(it -> HtmlRules.group(page, certificate, it));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void head(StringBuilder page, Certificate certificate) {
        page.append("<header>\n<p class=\"over\">Dray TCK certificate</p>\n<h1>")
                .append(escape(certificate.backend().id()))
                .append(" <small>")
                .append(escape(certificate.backend().version()))
                .append("</small></h1>\n<p>")
                .append(badge(certificate.verdict().name()));
        if (!certificate.backend().kind().isEmpty()) {
            page.append(' ').append(badge(certificate.backend().kind()));
        }
        if (certificate.run().isQuick()) {
            page.append(' ').append(badge("QUICK"));
        }
        page.append("</p>\n<p class=\"bar\" aria-hidden=\"true\">");
        for (Outcome outcome : Outcome.values()) {
            long count = count(certificate, outcome);
            if (count > 0) {
                page.append("<span class=\"")
                        .append(outcome)
                        .append("\" style=\"flex:")
                        .append(count)
                        .append("\"></span>");
            }
        }
        page.append("</p>\n<p>")
                .append(Arrays.stream(Outcome.values())
                        .filter(it -> count(certificate, it) > 0)
                        .map(it -> "<b>" + count(certificate, it) + "</b> " + words(it.name()))
                        .collect(Collectors.joining(" · ")))
                .append(" of <b>")
                .append(certificate.rules().size())
                .append("</b> rules</p>\n</header>\n");
    }

    private static void facts(StringBuilder page, Certificate certificate) {
        Certificate.Run run = certificate.run();
        Certificate.Machine machine = certificate.machine();
        page.append("<section class=\"facts\">\n<table class=\"pairs\">\n<caption>Run</caption>\n");
        pair(page, "Started", run.startedAt());
        pair(page, "Took", time(run.durationMillis()));
        pair(page, "Repetitions", run.isQuick() ? "quick, factor " + run.factor() : "full");
        pair(page, "Seed", Long.toString(run.seed()));
        pairOfWords(page, "Replay", Effort.replay(run.seed(), run.factor()), " ");
        pairOfWords(page, "Slowest rules", certificate.slowestRules(), ", ");
        pair(page, "Test class", certificate.testClass());
        page.append("</table>\n<table class=\"pairs\">\n<caption>What and where</caption>\n");
        pair(page, "Machine kind", certificate.backend().kind());
        pair(page, "Backend is", certificate.backend().state());
        pair(page, "Backend jar", certificate.backend().artifactSha256());
        pair(page, "Kernel", machine.system() + ", " + machine.arch());
        pair(page, "Processors", Integer.toString(machine.processors()));
        pair(page, "JDK", machine.jdk());
        pair(page, "Kit", certificate.edition().version());
        pair(page, "Rule set", certificate.edition().ruleSetSha256());
        page.append("</table>\n</section>\n");
    }

    private static void findings(StringBuilder page, Certificate certificate) {
        if (!certificate.backend().findings().isEmpty()) {
            page.append("<section>\n<h2>Findings</h2>\n<ul>\n");
            certificate
                    .backend()
                    .findings()
                    .forEach(it -> page.append("<li>").append(escape(it)).append("</li>\n"));
            page.append("</ul>\n</section>\n");
        }
    }

    private static void pair(StringBuilder page, String name, String value) {
        pairOfHtml(page, name, escape(value));
    }

    /** For texts that are broken between words only. */
    private static void pairOfWords(StringBuilder page, String name, String value, String separator) {
        pairOfHtml(
                page,
                name,
                Stream.of(value.split(separator, -1))
                        .filter(it -> !it.isEmpty())
                        .map(Html::unbroken)
                        .collect(Collectors.joining(separator)));
    }

    private static void pairOfHtml(StringBuilder page, String name, String html) {
        if (!html.isEmpty()) {
            page.append("<tr><th scope=\"row\">")
                    .append(name)
                    .append("</th><td>")
                    .append(html)
                    .append("</td></tr>\n");
        }
    }

    private static long count(Certificate certificate, Outcome outcome) {
        return certificate.count(Level.MUST, outcome) + certificate.count(Level.SHOULD, outcome);
    }
}
