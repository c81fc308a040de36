package org.dray.tck;

import java.util.stream.Stream;

class ConcurrencyMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(ConcurrencyMutant.values());
    }
}
