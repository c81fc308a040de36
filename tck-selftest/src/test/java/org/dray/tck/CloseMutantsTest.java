package org.dray.tck;

import java.util.stream.Stream;

class CloseMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(CloseMutant.values());
    }
}
