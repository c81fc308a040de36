package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs after all mutants: which rules are proven to be able to fail. */
class MutationScoreTest {
    /** Rules without a mutant, each with the reason. */
    private static final Map<Rule, String> EXEMPT = new EnumMap<>(Map.of(
            Rule.DISC_17, "untested: " + Rule.DISC_17.whyUntested().orElse(""),
            Rule.ERR_06, "untested: " + Rule.ERR_06.whyUntested().orElse("")));

    /** Twins of which each JVM runs one, and which one mutant breaks. */
    private static final Set<Rule> BY_JVM = Set.of(Rule.ASYNC_38, Rule.ASYNC_39);

    @Test
    void everyMutantWasKilledByExactlyItsRules() {
        List<Mutant> mutants = Mutant.all();
        List<String> alive = mutants.stream()
                .filter(it -> !Files.exists(MutantsTest.result(it)))
                .map(Mutant::name)
                .toList();
        System.out.println("mutation score of the kit: " + (mutants.size() - alive.size()) + " of " + mutants.size()
                + " mutants killed");
        assertThat(alive).isEmpty();
    }

    @Test
    void everyMustHasAMutantOrAReason() {
        Set<Rule> broken =
                Mutant.all().stream().flatMap(it -> it.broken().stream()).collect(Collectors.toSet());
        assertThat(Arrays.stream(Rule.values()).filter(it -> it.level() == Level.MUST))
                .allMatch(it -> broken.contains(it) || EXEMPT.containsKey(it) || BY_JVM.contains(it));
        assertThat(broken).containsAnyElementsOf(BY_JVM);
        assertThat(EXEMPT.keySet()).allMatch(it -> it.whyUntested().isPresent());
    }

    @Test
    void namesOfMutantsAreUnique() {
        assertThat(Mutant.all()).extracting(Mutant::name).doesNotHaveDuplicates();
    }
}
