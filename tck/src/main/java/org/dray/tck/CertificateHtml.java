package org.dray.tck;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dray.Capability;
import org.dray.tck.Certificate.RuleResult;

/** The certificate for people: one page that loads nothing. Outcomes are words as well as colours. */
final class CertificateHtml {
    private static final int SLOWEST = 5;

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
        failures(page, certificate);
        page.append("<section class=\"facts\">\n");
        facts(page, certificate);
        capabilities(page, certificate);
        page.append("</section>\n");
        list(page, "Routes and limits", certificate.backend().routes());
        list(page, "Findings", certificate.backend().findings());
        certificate.rules().stream()
                .map(it -> it.rule().group())
                .distinct()
                .forEach(it -> group(page, certificate, it));
        slowest(page, certificate);
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

    private static void failures(StringBuilder page, Certificate certificate) {
        List<RuleResult> bad = certificate.rules().stream()
                .filter(it -> it.outcome() == Outcome.FAILED || it.outcome() == Outcome.NOT_RUN)
                .sorted(Comparator.comparing(RuleResult::outcome).reversed())
                .toList();
        if (!bad.isEmpty()) {
            page.append("<section>\n<h2>What stands in the way</h2>\n");
            rules(page, bad);
            page.append("</section>\n");
        }
    }

    private static void facts(StringBuilder page, Certificate certificate) {
        Certificate.Run run = certificate.run();
        page.append("<table class=\"pairs\">\n<caption>Run</caption>\n");
        pair(page, "Test class", certificate.testClass());
        pair(page, "Started", run.startedAt());
        pair(page, "Took", time(run.durationMillis()));
        pair(page, "Seed", Long.toString(run.seed()));
        pair(page, "Repetitions", run.factor() >= 1 ? "full" : "quick, factor " + run.factor());
        pair(
                page,
                "Machine",
                certificate.machine().system() + ", " + certificate.machine().arch());
        pair(page, "Processors", Integer.toString(certificate.machine().processors()));
        pair(page, "JDK", certificate.machine().jdk());
        pair(page, "Backend is", certificate.backend().state());
        pair(page, "Backend jar", certificate.backend().artifactSha256());
        pair(page, "Kit", certificate.edition().version());
        pair(page, "Rule set", certificate.edition().ruleSetSha256());
        page.append("</table>\n");
    }

    private static void capabilities(StringBuilder page, Certificate certificate) {
        page.append("<table class=\"pairs\">\n<caption>Capabilities</caption>\n");
        for (Capability capability : Capability.values()) {
            boolean declared = certificate.backend().capabilities().contains(capability.name());
            page.append("<tr><th scope=\"row\">")
                    .append(words(capability.name()))
                    .append("</th><td class=\"")
                    .append(declared ? "yes\">declared" : "no\">not declared")
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static void list(StringBuilder page, String title, List<String> texts) {
        if (!texts.isEmpty()) {
            page.append("<section>\n<h2>").append(title).append("</h2>\n<ul>\n");
            texts.forEach(it -> page.append("<li>").append(escape(it)).append("</li>\n"));
            page.append("</ul>\n</section>\n");
        }
    }

    private static void group(StringBuilder page, Certificate certificate, String group) {
        page.append("<section>\n<h2>").append(group).append("</h2>\n");
        rules(
                page,
                certificate.rules().stream()
                        .filter(it -> it.rule().group().equals(group))
                        .toList());
        page.append("</section>\n");
    }

    private static void rules(StringBuilder page, List<RuleResult> results) {
        page.append("<table class=\"rules\">\n<thead><tr><th>Rule</th><th>Outcome</th><th>Statement</th>")
                .append("<th class=\"time\">Time</th></tr></thead>\n<tbody>\n");
        for (RuleResult it : results) {
            page.append("<tr><th scope=\"row\">")
                    .append(it.rule().id())
                    .append(it.rule().level() == Level.MUST ? "" : " <small>SHOULD</small>")
                    .append("</th><td>")
                    .append(badge(it.outcome().name()))
                    .append("</td><td>")
                    .append(escape(it.rule().statement()));
            if (!it.reason().isEmpty()) {
                page.append("<pre>").append(escape(it.reason())).append("</pre>");
            }
            page.append("</td><td class=\"time\">")
                    .append(it.tests().isEmpty() ? "" : time(it.durationMillis()))
                    .append("</td></tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    private static void slowest(StringBuilder page, Certificate certificate) {
        String slowest = certificate.rules().stream()
                .sorted(Comparator.comparing(RuleResult::durationMillis).reversed())
                .limit(SLOWEST)
                .map(it -> it.rule().id() + " " + time(it.durationMillis()))
                .collect(Collectors.joining(", "));
        page.append("<footer>Slowest rules: ").append(slowest).append("</footer>\n");
    }

    private static void pair(StringBuilder page, String name, String value) {
        if (!value.isEmpty()) {
            page.append("<tr><th scope=\"row\">")
                    .append(name)
                    .append("</th><td>")
                    .append(escape(value))
                    .append("</td></tr>\n");
        }
    }

    private static long count(Certificate certificate, Outcome outcome) {
        return certificate.count(Level.MUST, outcome) + certificate.count(Level.SHOULD, outcome);
    }

    private static String badge(String word) {
        return "<span class=\"badge " + word + "\">" + word.replace('_', ' ') + "</span>";
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(long millis) {
        return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
