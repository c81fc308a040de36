package org.dray.tck;

import java.util.stream.Stream;

class PerformanceMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(PerformanceMutant.values());
    }
}
