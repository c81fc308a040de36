package org.dray.tck;

import static org.dray.tck.Html.badge;
import static org.dray.tck.Html.escape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dray.tck.Certificate.RuleResult;

/** Every rule with its outcome, first those that stand in the way. */
final class HtmlRules {
    private HtmlRules() {}

    /** What failed or did not run, with all that is known about it. */
    static void troubles(StringBuilder page, Certificate certificate) {
        List<RuleResult> failed = with(certificate, Outcome.FAILED);
        Map<String, List<RuleResult>> notRun = with(certificate, Outcome.NOT_RUN).stream()
                .collect(Collectors.groupingBy(RuleResult::reason, LinkedHashMap::new, Collectors.toList()));
        if (!failed.isEmpty() || !notRun.isEmpty()) {
            page.append("<section>\n<h2>What stands in the way</h2>\n");
            head(page);
            failed.forEach(it -> row(page, it, it.reason()));
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
            row(page, first, first.reason());
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

    /** All rules of a group; of what stands in the way the first line. */
    static void group(StringBuilder page, Certificate certificate, String group) {
        page.append("<section>\n<h2>").append(group).append("</h2>\n");
        head(page);
        certificate.rules().stream()
                .filter(it -> it.rule().group().equals(group))
                .forEach(it -> row(page, it, it.reason().lines().findFirst().orElse("")));
        page.append("</tbody>\n</table>\n</section>\n");
    }

    private static void head(StringBuilder page) {
        page.append("<table class=\"rules\">\n<thead><tr><th>Rule</th><th>Outcome</th><th>Statement</th>")
                .append("<th class=\"time\">Time</th></tr></thead>\n<tbody>\n");
    }

    private static void row(StringBuilder page, RuleResult it, String reason) {
        boolean ran = it.durationMillis() > 0 || it.outcome() == Outcome.PASSED || it.outcome() == Outcome.FAILED;
        page.append("<tr><th scope=\"row\">")
                .append(it.rule().id())
                .append(it.rule().level() == Level.MUST ? "" : " <small>SHOULD</small>")
                .append("</th><td>")
                .append(badge(it.outcome().name()))
                .append("</td><td>")
                .append(escape(it.rule().statement()))
                .append(reason.isEmpty() ? "" : "<pre>" + escape(reason) + "</pre>")
                .append("</td><td class=\"time\">")
                .append(ran ? CertificateText.time(it.durationMillis()) : "")
                .append("</td></tr>\n");
    }
}
