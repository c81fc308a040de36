package org.dray.tck;

import java.util.stream.Stream;

class ErrorMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.<Mutant[]>of(ErrorMutant.values(), SlowMutant.values()).flatMap(Stream::of);
    }
}
