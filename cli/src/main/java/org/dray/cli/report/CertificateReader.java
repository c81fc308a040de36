package org.dray.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dray.tck.Certificate;
import org.dray.tck.Level;
import org.dray.tck.Outcome;
import org.dray.tck.Verdict;

/** Reads a certificate, and believes nothing that it can check. */
final class CertificateReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final JsonNode root;

    private CertificateReader(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads one file.
     *
     * @throws UnusableCertificateException if it is missing, is something else, or contradicts itself
     */
    static CertificateFile read(Path file) throws UnusableCertificateException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableCertificateException(file, "there is no such file");
        }
        try {
            return new CertificateReader(file, MAPPER.readTree(Files.readString(file))).certificate();
        } catch (JsonProcessingException e) {
            throw new UnusableCertificateException(file, "it is not JSON; the one for programs ends in .json");
        } catch (IOException e) {
            throw new UnusableCertificateException(file, "it cannot be read as text: " + e);
        }
    }

    private CertificateFile certificate() throws UnusableCertificateException {
        String schema = root.path("schema").asText();
        if (!schema.equals(Certificate.SCHEMA)) {
            throw unusable("its schema is '" + schema + "', needed is '" + Certificate.SCHEMA + "'");
        }
        List<RuleRow> rules = rules();
        String kind = text(root, "/machine/kind");
        return new CertificateFile(
                file,
                text(root, "/backend/id"),
                text(root, "/backend/version"),
                kind.isEmpty() ? "UNKNOWN" : kind,
                verdict(rules),
                text(root, "/machine/system") + " " + text(root, "/machine/arch"),
                text(root, "/machine/jdk"),
                number(root, "/run/seed").asLong(),
                number(root, "/run/factor").asDouble(),
                text(root, "/tck/ruleSetSha256"),
                text(root, "/testClass"),
                rules);
    }

    private List<RuleRow> rules() throws UnusableCertificateException {
        List<RuleRow> rules = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode it : root.path("rules")) {
            RuleRow rule = new RuleRow(
                    text(it, "/id"),
                    word(Level.class, it, "/level"),
                    text(it, "/statement"),
                    word(Outcome.class, it, "/outcome"),
                    text(it, "/reason"),
                    number(it, "/durationMillis").asLong());
            if (!seen.add(rule.id())) {
                throw unusable("it lists " + rule.id() + " twice");
            }
            rules.add(rule);
        }
        long announced = number(root, "/tck/rules").asLong();
        if (rules.isEmpty() || rules.size() != announced) {
            throw unusable("it announces " + announced + " rules and lists " + rules.size());
        }
        return rules;
    }

    /** The word must be what the rules say: a page that repeats a wrong word would be worse than none. */
    private Verdict verdict(List<RuleRow> rules) throws UnusableCertificateException {
        Verdict said = word(Verdict.class, root, "/verdict/word");
        Verdict meant = hasMust(rules, Outcome.FAILED)
                ? Verdict.FAILED
                : hasMust(rules, Outcome.NOT_RUN) ? Verdict.INCOMPLETE : Verdict.CERTIFIED;
        if (said != meant) {
            throw unusable("it says " + said + ", and its rules say " + meant);
        }
        return said;
    }

    private static boolean hasMust(List<RuleRow> rules, Outcome outcome) {
        return rules.stream().anyMatch(it -> it.level() == Level.MUST && it.outcome() == outcome);
    }

    private String text(JsonNode node, String pointer) throws UnusableCertificateException {
        JsonNode value = node.at(pointer);
        if (!value.isTextual()) {
            throw unusable("it has no text at " + pointer);
        }
        return value.asText();
    }

    private JsonNode number(JsonNode node, String pointer) throws UnusableCertificateException {
        JsonNode value = node.at(pointer);
        if (!value.isNumber()) {
            throw unusable("it has no number at " + pointer);
        }
        return value;
    }

    private <E extends Enum<E>> E word(Class<E> type, JsonNode node, String pointer)
            throws UnusableCertificateException {
        String word = text(node, pointer);
        return Arrays.stream(type.getEnumConstants())
                .filter(it -> it.name().equals(word))
                .findFirst()
                .orElseThrow(() -> unusable(
                        "'" + word + "' at " + pointer + " is not one of " + Arrays.toString(type.getEnumConstants())));
    }

    private UnusableCertificateException unusable(String reason) {
        return new UnusableCertificateException(file, reason);
    }
}
