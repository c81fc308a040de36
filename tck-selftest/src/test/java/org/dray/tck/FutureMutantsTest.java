package org.dray.tck;

import java.util.stream.Stream;

class FutureMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(FutureMutant.values());
    }
}
