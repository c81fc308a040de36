package org.dray.tck;

import java.util.List;
import java.util.stream.Collectors;
import org.dray.Capability;
import org.dray.RouteInfo;
import org.dray.tck.Certificate.Backend;

/** What an engine declares, and which rules hold it to that. */
final class HtmlEngine {
    private HtmlEngine() {}

    static void capabilities(StringBuilder page, Backend backend) {
        page.append("<section>\n<table class=\"stack\">\n<caption>Capabilities</caption>\n")
                .append("<thead><tr><th>Capability</th>")
                .append("<th>This engine</th><th>Rules if declared</th><th>Rules if not</th></tr></thead>\n<tbody>\n");
        for (Capability capability : Capability.values()) {
            boolean declared = backend.capabilities().contains(capability.name());
            page.append("<tr><th scope=\"row\">")
                    .append(Html.words(capability.name()))
                    .append("</th>")
                    .append(Html.cell(
                            "This engine",
                            declared
                                    ? "<b class=\"yes\">declared</b>"
                                    : "<span class=\"no unbroken\">not declared</span>"))
                    .append(Html.cell("Rules if declared", ids(Gated.byHaving(capability), declared)))
                    .append(Html.cell("Rules if not", ids(Gated.byLacking(capability), !declared)))
                    .append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n</section>\n");
    }

    /** Those that apply to this engine stand out. */
    private static String ids(List<String> ids, boolean apply) {
        String text =
                ids.isEmpty() ? "none yet" : ids.stream().map(Html::unbroken).collect(Collectors.joining(" "));
        return apply ? text : "<span class=\"no\">" + text + "</span>";
    }

    static void routes(StringBuilder page, Backend backend) {
        if (backend.routes().isEmpty()) {
            return;
        }
        page.append("<section>\n<table class=\"stack\">\n<caption>Routes and limits</caption>\n")
                .append("<thead><tr><th>Route</th>")
                .append("<th>Largest step</th><th>Alignment</th><th>Segments</th><th>Overlap</th>")
                .append("<th>Length of a failed copy</th><th>Expected cost</th></tr></thead>\n<tbody>\n");
        backend.routes().forEach(it -> route(page, it));
        page.append("</tbody>\n</table>\n</section>\n");
    }

    private static void route(StringBuilder page, RouteInfo it) {
        String emulated = it.emulated().stream()
                .map(Enum::name)
                .sorted()
                .map(name -> "EMULATED " + name)
                .collect(Collectors.joining(", "));
        page.append("<tr><th scope=\"row\">")
                .append(it.route().source())
                .append(" → ")
                .append(it.route().destination())
                .append("<small>by ")
                .append(Html.words(it.route().initiator().name()))
                .append(emulated.isEmpty() ? "" : ", " + emulated)
                .append("</small></th>")
                .append(Html.cell(
                        "Largest step",
                        it.maxTransferBytes() == Long.MAX_VALUE
                                ? "no limit"
                                : CertificateText.bytes(it.maxTransferBytes())))
                .append(Html.cell("Alignment", CertificateText.bytes(it.alignmentBytes())))
                .append(Html.cell(
                        "Segments", it.maxSegments() == Integer.MAX_VALUE ? "no limit" : "" + it.maxSegments()))
                .append(Html.cell("Overlap", Html.words(it.overlap().name())))
                .append(Html.cell(
                        "Length of a failed copy",
                        it.partialReporting() == RouteInfo.PartialReporting.EXACT ? "exact" : "unknown"))
                .append(Html.cell("Expected cost", CertificateText.cost(it.cost())))
                .append("</tr>\n");
    }
}
