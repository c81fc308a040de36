package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.dray.Capability;
import org.dray.EngineInfo;
import org.dray.tck.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever adds a rule or a capability learns here that no personality has it, or that every one does. */
class PersonalitiesTest {
    /** With and without virtual threads: the JVM decides, and no engine. */
    private static final Set<Rule> BY_JVM = EnumSet.of(Rule.ASYNC_38, Rule.ASYNC_39);

    @AfterEach
    void forgetProperties() {
        System.clearProperty(SimSettings.PERSONALITY);
        System.clearProperty(SimSettings.SPACE_BYTES);
    }

    private static EngineInfo info(Personality personality) {
        return SimInfo.of(TestSettings.of(personality, 1 << 20), true, true);
    }

    private static Stream<EngineInfo> infos() {
        return Arrays.stream(Personality.values()).map(PersonalitiesTest::info);
    }

    static Stream<Personality.Way> ways() {
        return Personality.Way.allPairs().stream();
    }

    static Stream<Rule> testedRules() {
        return Arrays.stream(Rule.values())
                .filter(it -> it.whyUntested().isEmpty())
                .filter(it -> !BY_JVM.contains(it));
    }

    @Test
    void ofTheRulesThatTheJvmDecidesAboutOneApplies() {
        assertThat(BY_JVM.stream()
                        .filter(rule ->
                                infos().allMatch(it -> rule.whyNotApplicable(it).isEmpty())))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("testedRules")
    void everyRuleAppliesToSomePersonality(Rule rule) {
        assertThat(infos()).anyMatch(it -> rule.whyNotApplicable(it).isEmpty());
    }

    /** Together with the next test: every gate is closed somewhere, as it asks for routes and capabilities only. */
    @ParameterizedTest
    @MethodSource("ways")
    void everyRouteIsDeclaredBySomeAndNotByAll(Personality.Way way) {
        assertThat(infos().toList())
                .anyMatch(it -> it.route(way.source(), way.destination()).isPresent())
                .anyMatch(it -> it.route(way.source(), way.destination()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    void everyCapabilityIsDeclaredBySomeAndNotByAll(Capability capability) {
        assertThat(infos().toList()).anyMatch(it -> it.has(capability)).anyMatch(it -> !it.has(capability));
    }

    @Test
    void someHaveQueuesAndSomeHaveNone() {
        assertThat(Arrays.stream(Personality.values()).map(it -> it.limits().queueDepth() > 0))
                .contains(true, false);
    }

    @ParameterizedTest
    @EnumSource(Personality.class)
    void theTestKitHasAClassForEach(Personality personality) throws ClassNotFoundException {
        String name = personality == Personality.FULL
                ? "Sim"
                : personality.name().charAt(0) + personality.id().substring(1);
        assertThat(Class.forName("org.dray.backend.sim." + name + "TckTest")).isNotNull();
    }

    @Test
    void theFullOneIsTheDefault() {
        assertThat(SimSettings.read().personality()).isEqualTo(Personality.FULL);
    }

    @Test
    void anUnknownOneIsRefusedWithTheKnownOnes() {
        System.setProperty(SimSettings.PERSONALITY, "xeon");
        assertThatThrownBy(SimSettings::read).hasMessageContainingAll("xeon", "micmem", "strict");
    }

    @Test
    void aSpaceThatIsNoMultipleOfItsAlignmentIsRefused() {
        System.setProperty(SimSettings.PERSONALITY, "micmem");
        System.setProperty(SimSettings.SPACE_BYTES, "100001");
        assertThatThrownBy(SimSettings::read).hasMessageContainingAll("100001", "4096");
    }

    @Test
    void theReportSaysWhoseLimitsItWears() {
        System.setProperty(SimSettings.PERSONALITY, "knem");
        assertThat(new SimProvider().probe().toString()).contains("knem");
    }
}
