package org.dray.tck;

import java.util.stream.Stream;

class TokenMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(TokenMutant.values());
    }
}
