package org.dray.tck;

import java.util.stream.Stream;

class JvmMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(JvmMutant.values());
    }
}
