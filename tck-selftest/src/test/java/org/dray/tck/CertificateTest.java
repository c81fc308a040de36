package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dray.tck.Rule.TOK_01;
import static org.dray.tck.Rule.TOK_03;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.dray.Capability;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.opentest4j.TestAbortedException;

/** A rule that was left out, switched off, hidden, skipped or silenced never ends in a certificate. */
class CertificateTest {
    private static Path current;

    @TempDir
    private Path directory;

    @Test
    void rulesThatRanArePassed() {
        Certificate certificate = run(HarnessTck.class, it -> true);
        assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.PASSED);
        assertThat(outcome(certificate, TOK_03)).isEqualTo(Outcome.PASSED);
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void filteredRuleIsNotRun() {
        Certificate certificate =
                run(HarnessTck.class, it -> !it.getDisplayName().startsWith("tok03"));
        assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.PASSED);
        assertThat(outcome(certificate, TOK_03)).isEqualTo(Outcome.NOT_RUN);
        assertThat(reason(certificate, TOK_03)).contains("tok03").contains("left no result");
    }

    static final class Switch implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getDisplayName().startsWith("tok03")
                    ? ConditionEvaluationResult.disabled("by a stranger")
                    : ConditionEvaluationResult.enabled("");
        }
    }

    @ExtendWith(Switch.class)
    static class SwitchedTck extends HarnessTck {}

    @Test
    void disabledRuleIsNotRun() {
        Certificate certificate = run(SwitchedTck.class, it -> true);
        assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.PASSED);
        assertThat(outcome(certificate, TOK_03)).isEqualTo(Outcome.NOT_RUN);
        assertThat(reason(certificate, TOK_03)).isEqualTo("disabled: by a stranger");
    }

    @Disabled("all of it")
    static class DisabledTck extends HarnessTck {}

    @Test
    void disabledClassLeavesEveryRuleNotRun() {
        Certificate certificate = run(DisabledTck.class, it -> true);
        assertThat(outcome(certificate, TOK_03)).isEqualTo(Outcome.NOT_RUN);
        assertThat(reason(certificate, TOK_03)).isEqualTo("disabled: all of it");
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    static class HidingTck extends HarnessTck {
        @Nested
        class Encodings {
            @Test
            void everythingIsFine() {}
        }
    }

    @Test
    void hiddenGroupIsNotRun() {
        Certificate certificate = run(HidingTck.class, it -> true);
        assertThat(outcome(certificate, TOK_03)).isEqualTo(Outcome.NOT_RUN);
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    static final class Silencer implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {}
    }

    @ExtendWith(Silencer.class)
    static class SilencedTck extends HarnessTck {}

    @Test
    void swallowedFailureIsAFailure() {
        System.setProperty(Mutant.PROPERTY, TokenMutant.CHECKSUM_IS_NOT_LOOKED_AT.name());
        try {
            Certificate certificate = run(SilencedTck.class, it -> true);
            assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.PASSED);
            assertThat(outcome(certificate, TOK_03)).isEqualTo(Outcome.FAILED);
            assertThat(reason(certificate, TOK_03)).contains("failed in silence");
            assertThat(certificate.verdict()).isEqualTo(Verdict.FAILED);
        } finally {
            System.clearProperty(Mutant.PROPERTY);
        }
    }

    static final class Skipper implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> body, ReflectiveInvocationContext<Method> call, ExtensionContext context) {
            body.skip();
        }
    }

    @ExtendWith(Skipper.class)
    static class SkippedTck extends HarnessTck {}

    @Test
    void bodyThatDidNotRunIsNotRun() {
        Certificate certificate = run(SkippedTck.class, it -> true);
        assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.NOT_RUN);
        assertThat(reason(certificate, TOK_01)).contains("did not see the body finish");
    }

    static final class Assumption implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            throw new TestAbortedException("not on Fridays");
        }
    }

    @ExtendWith(Assumption.class)
    static class AssumingTck extends HarnessTck {}

    @Test
    void ruleThatAStrangersAssumptionSkipsIsNotRun() {
        Certificate certificate = run(AssumingTck.class, it -> true);
        assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.NOT_RUN);
        assertThat(reason(certificate, TOK_01)).contains("not on Fridays");
    }

    static class BrokenClassTck extends HarnessTck {
        @BeforeAll
        static void fail() {
            throw new IllegalStateException("broken before the first rule");
        }
    }

    @Test
    void classThatCannotBeginLeavesEveryRuleNotRun() {
        Certificate certificate = run(BrokenClassTck.class, it -> true);
        assertThat(outcome(certificate, TOK_01)).isEqualTo(Outcome.NOT_RUN);
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    static class ImpostorTck extends HarnessTck {
        @Nested
        class Encodings {
            @Verifies(Rule.TOK_03)
            void tok03_everyFlippedBitMakesATokenInvalid() {}
        }
    }

    @Test
    void testsOfStrangersDoNotCount() {
        assertThat(outcome(run(ImpostorTck.class, it -> true), TOK_03)).isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void unusableBackendIsIncompleteWithItsFindings() throws IOException {
        Certification.Written written =
                Certification.run(UnusableProvider.ID, directory, new PrintWriter(new StringWriter()));
        Certificate certificate = written.certificate();
        assertThat(certificate.rules())
                .filteredOn(it -> it.rule().whyUntested().isEmpty())
                .allSatisfy(it -> {
                    assertThat(it.outcome()).isEqualTo(Outcome.NOT_RUN);
                    assertThat(it.reason()).contains("unusable.device").contains("buy one");
                });
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(certificate.verdict().exitCode()).isEqualTo(3);
        JsonNode json = new ObjectMapper().readTree(written.json().toFile());
        assertThat(json.get("schema").asText()).isEqualTo(Certificate.SCHEMA);
        assertThat(json.get("verdict").get("certified").asBoolean()).isFalse();
        assertThat(json.get("rules")).hasSize(Rule.values().length);
        long tested = Stream.of(Rule.values())
                .filter(it -> it.whyUntested().isEmpty())
                .count();
        assertThat(written.html())
                .content()
                .contains(">" + tested + " rules<")
                .containsOnlyOnce("What stands in the way");
    }

    @Test
    void backendThatIsNotThereIsIncompleteAndTheOthersAreListed() {
        Certificate certificate = Certification.run("nobody", directory, new PrintWriter(new StringWriter()))
                .certificate();
        assertThat(reason(certificate, TOK_01)).contains("nobody").contains(MutantProvider.ID);
        assertThat(certificate.verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void oldCertificateIsGoneWhenTheNextRunBegins() throws IOException {
        Files.writeString(CertificateFiles.json(directory), "old");
        Files.writeString(CertificateFiles.html(directory), "old");
        run(ObservingTck.class, it -> true);
        assertThat(ObservingTck.SEEN).isEmpty();
    }

    @Test
    void documentTellsCapabilitiesLimitsAndWhereTheTimeWent() throws IOException {
        Certificate certificate = run(HarnessTck.class, it -> true);
        JsonNode json =
                new ObjectMapper().readTree(CertificateFiles.json(directory).toFile());
        assertThat(json.at("/machine/kind").asText()).isEqualTo("SIMULATED");
        assertThat(json.at("/run/factor").asDouble()).isEqualTo(0.01);
        assertThat(json.at("/run/seed").asLong()).isEqualTo(certificate.run().seed());
        assertThat(json.at("/run/slowest/0/id").asText()).startsWith("TOK-");
        assertThat(json.at("/backend/capabilities")).hasSize(Capability.values().length);
        JsonNode segments = json.at("/backend/capabilities/" + Capability.SEGMENTS.ordinal());
        assertThat(segments.path("name").asText()).isEqualTo("SEGMENTS");
        assertThat(segments.path("declared").asBoolean()).isTrue();
        assertThat(segments.path("rulesIfDeclared").toString())
                .contains("REG-12")
                .doesNotContain("REG-13");
        assertThat(segments.path("rulesIfNotDeclared").toString()).isEqualTo("[\"REG-13\"]");
        assertThat(json.at("/backend/routes"))
                .hasSameSizeAs(certificate.backend().routes());
        assertThat(json.at("/backend/routes/0/maxTransferBytes").asLong())
                .isEqualTo(certificate.backend().routes().get(0).maxTransferBytes());
    }

    @Test
    void runUnderABuildToolLogsItsVerdictAndItsSlowestRules() {
        List<String> logged = new ArrayList<>();
        Logger logger = Logger.getLogger(CertificateListener.class.getName());
        Filter before = logger.getFilter();
        logger.setFilter(entry -> {
            logged.add(entry.getMessage());
            return false;
        });
        try {
            EncodingsRun.under(
                    new CertificateListener(),
                    HarnessTck.class,
                    Map.of(CertificateListener.OUT, directory.toString()),
                    it -> true);
        } finally {
            logger.setFilter(before);
        }
        assertThat(logged)
                .singleElement()
                .satisfies(it -> assertThat(it)
                        .startsWith("org.dray.tck.HarnessTck: mutant: INCOMPLETE (SIMULATED), ")
                        .contains("; quick, factor 0.01; slowest rules: TOK-"));
        assertThat(directory.resolve("HarnessTck/certificate.json")).exists();
    }

    /** Sees the directory as a run that crashes would leave it. */
    static class ObservingTck extends HarnessTck {
        static final List<String> SEEN = new ArrayList<>();

        @BeforeAll
        static void look() {
            SEEN.addAll(Directories.names(current));
        }
    }

    @Test
    void pageNamesEveryRuleAndLoadsNothing() throws IOException {
        run(HarnessTck.class, it -> true);
        String page = Files.readString(CertificateFiles.html(directory));
        for (Rule rule : Rule.values()) {
            assertThat(page).contains(">" + rule.id());
        }
        for (Capability capability : Capability.values()) {
            assertThat(page).contains(">" + Html.words(capability.name()) + "<");
        }
        assertThat(page)
                .contains("INCOMPLETE", "SIMULATED", "NOT RUN", "PASSED", "UNTESTED")
                .contains(">QUICK<", "quick, factor 0.01", "-Ddray.tck.seed=", "Slowest rules", "Largest step")
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("@import");
    }

    private Certificate run(Class<? extends BackendTck> testClass, Predicate<TestDescriptor> filter) {
        current = directory;
        return EncodingsRun.of(testClass, directory, filter);
    }

    private static Outcome outcome(Certificate certificate, Rule rule) {
        return EncodingsRun.result(certificate, rule).outcome();
    }

    private static String reason(Certificate certificate, Rule rule) {
        return EncodingsRun.result(certificate, rule).reason();
    }
}
