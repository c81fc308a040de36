package org.dray.tck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The certificate for programs. */
final class CertificateJson {
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
        root.putObject("run")
                .put("startedAt", certificate.run().startedAt())
                .put("seed", certificate.run().seed())
                .put("factor", certificate.run().factor())
                .put("durationMillis", certificate.run().durationMillis());
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
        texts(node.putArray("capabilities"), backend.capabilities());
        texts(node.putArray("routes"), backend.routes());
        texts(node.putArray("findings"), backend.findings());
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
