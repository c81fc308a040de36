package org.dray.tck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.dray.Capability;
import org.dray.RouteInfo;

/** The certificate for programs. */
final class CertificateJson {
    private static final int SLOWEST = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CertificateJson() {}

    static String of(Certificate certificate) {
        ObjectNode root = MAPPER.createObjectNode().put("schema", Certificate.SCHEMA);
        root.put("testClass", certificate.testClass());
        root.putObject("tck")
                .put("version", certificate.edition().version())
                .put("rules", certificate.edition().rules())
                .put("ruleSetSha256", certificate.edition().ruleSetSha256());
        backend(root.putObject("backend"), certificate.backend());
        root.putObject("machine")
                .put("system", certificate.machine().system())
                .put("arch", certificate.machine().arch())
                .put("processors", certificate.machine().processors())
                .put("jdk", certificate.machine().jdk())
                .put("kind", certificate.backend().kind());
        ObjectNode run = root.putObject("run")
                .put("startedAt", certificate.run().startedAt())
                .put("seed", certificate.run().seed())
                .put("factor", certificate.run().factor())
                .put("durationMillis", certificate.run().durationMillis());
        ArrayNode slowest = run.putArray("slowest");
        certificate
                .slowest(SLOWEST)
                .forEach(
                        it -> slowest.addObject().put("id", it.rule().id()).put("durationMillis", it.durationMillis()));
        root.putObject("verdict")
                .put("word", certificate.verdict().name())
                .put("certified", certificate.verdict() == Verdict.CERTIFIED)
                .put("mustPassed", certificate.count(Level.MUST, Outcome.PASSED))
                .put("mustNotApplicable", certificate.count(Level.MUST, Outcome.NOT_APPLICABLE))
                .put("mustFailed", certificate.count(Level.MUST, Outcome.FAILED))
                .put("mustNotRun", certificate.count(Level.MUST, Outcome.NOT_RUN))
                .put("shouldFailed", certificate.count(Level.SHOULD, Outcome.FAILED))
                .put(
                        "untested",
                        certificate.count(Level.MUST, Outcome.UNTESTED)
                                + certificate.count(Level.SHOULD, Outcome.UNTESTED));
        ArrayNode rules = root.putArray("rules");
        certificate.rules().forEach(it -> rule(rules.addObject(), it));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }

    private static void backend(ObjectNode node, Certificate.Backend backend) {
        node.put("id", backend.id())
                .put("version", backend.version())
                .put("state", backend.state())
                .put("jarSha256", backend.artifactSha256());
        ArrayNode capabilities = node.putArray("capabilities");
        for (Capability it : Capability.values()) {
            ObjectNode capability = capabilities
                    .addObject()
                    .put("name", it.name())
                    .put("declared", backend.capabilities().contains(it.name()));
            texts(capability.putArray("rulesIfDeclared"), Gated.byHaving(it));
            texts(capability.putArray("rulesIfNotDeclared"), Gated.byLacking(it));
        }
        ArrayNode routes = node.putArray("routes");
        backend.routes().forEach(it -> route(routes.addObject(), it));
        texts(node.putArray("findings"), backend.findings());
    }

    private static void route(ObjectNode node, RouteInfo it) {
        node.put("source", it.route().source().name())
                .put("destination", it.route().destination().name())
                .put("initiator", it.route().initiator().name())
                .put("maxTransferBytes", it.maxTransferBytes())
                .put("alignmentBytes", it.alignmentBytes())
                .put("maxSegments", it.maxSegments())
                .put("overlap", it.overlap().name())
                .put("partialReporting", it.partialReporting().name());
        texts(
                node.putArray("emulated"),
                it.emulated().stream().map(Enum::name).sorted().toList());
        node.putObject("cost")
                .put("fixedNanos", it.cost().fixedNanos())
                .put("bytesPerSecond", it.cost().bytesPerSecond());
    }

    private static void rule(ObjectNode node, Certificate.RuleResult result) {
        node.put("id", result.rule().id())
                .put("level", result.rule().level().name())
                .put("statement", result.rule().statement())
                .put("outcome", result.outcome().name())
                .put("reason", result.reason());
        texts(node.putArray("tests"), result.tests());
        node.put("durationMillis", result.durationMillis());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
