package org.dray.tck;

import java.util.stream.Stream;

class AsyncUseMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(AsyncUseMutant.values());
    }
}
