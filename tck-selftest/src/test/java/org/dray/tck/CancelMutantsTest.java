package org.dray.tck;

import java.util.stream.Stream;

class CancelMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(CancelMutant.values());
    }
}
