package org.dray.tck;

import static org.dray.tck.CertificateText.time;
import static org.dray.tck.Html.badge;
import static org.dray.tck.Html.escape;
import static org.dray.tck.Html.words;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dray.tck.Certificate.RuleResult;

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
        failures(page, certificate);
        facts(page, certificate);
        findings(page, certificate);
        HtmlEngine.capabilities(page, certificate.backend());
        HtmlEngine.routes(page, certificate.backend());
        certificate.rules().stream()
                .map(it -> it.rule().group())
                .distinct()
                .forEach(it -> group(page, certificate, it));
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
        List<RuleResult> failed = with(certificate, Outcome.FAILED);
        Map<String, List<RuleResult>> notRun = with(certificate, Outcome.NOT_RUN).stream()
                .collect(Collectors.groupingBy(RuleResult::reason, LinkedHashMap::new, Collectors.toList()));
        if (!failed.isEmpty() || !notRun.isEmpty()) {
            page.append("<section>\n<h2>What stands in the way</h2>\n");
            rulesHead(page);
            failed.forEach(it -> rule(page, it));
            notRun.values().forEach(it -> notRun(page, it));
            page.append("</tbody>\n</table>\n</section>\n");
        }
    }

    private static List<RuleResult> with(Certificate certificate, Outcome outcome) {
        return certificate.rules().stream()
                .filter(it -> it.outcome() == outcome)
                .toList();
    }

    /** A backend that is not there keeps every rule from running, for one reason. */
    private static void notRun(StringBuilder page, List<RuleResult> sameReason) {
        RuleResult first = sameReason.get(0);
        if (sameReason.size() == 1) {
            rule(page, first);
            return;
        }
        page.append("<tr><th scope=\"row\">")
                .append(sameReason.size())
                .append(" rules</th><td>")
                .append(badge(Outcome.NOT_RUN.name()))
                .append("</td><td>")
                .append(sameReason.stream()
                        .map(it -> Html.unbroken(it.rule().id()))
                        .collect(Collectors.joining(" ")))
                .append("<pre>")
                .append(escape(first.reason()))
                .append("</pre></td><td class=\"time\"></td></tr>\n");
    }

    private static void facts(StringBuilder page, Certificate certificate) {
        Certificate.Run run = certificate.run();
        Certificate.Machine machine = certificate.machine();
        page.append("<section class=\"facts\">\n<table class=\"pairs\">\n<caption>Run</caption>\n");
        pair(page, "Started", run.startedAt());
        pair(page, "Took", time(run.durationMillis()));
        pair(page, "Repetitions", run.factor() >= 1 ? "full" : "quick, factor " + run.factor());
        pair(page, "Seed", Long.toString(run.seed()));
        pairOfWords(page, "Replay", new Effort(run.seed(), run.factor()).replay(), " ");
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
        rulesHead(page);
        results.forEach(it -> rule(page, it));
        page.append("</tbody>\n</table>\n");
    }

    private static void rulesHead(StringBuilder page) {
        page.append("<table class=\"rules\">\n<thead><tr><th>Rule</th><th>Outcome</th><th>Statement</th>")
                .append("<th class=\"time\">Time</th></tr></thead>\n<tbody>\n");
    }

    private static void rule(StringBuilder page, RuleResult it) {
        boolean ran = it.durationMillis() > 0 || it.outcome() == Outcome.PASSED || it.outcome() == Outcome.FAILED;
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
                .append(ran ? time(it.durationMillis()) : "")
                .append("</td></tr>\n");
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
