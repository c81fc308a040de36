package org.dray.tck;

import java.util.stream.Stream;

class RegionMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.<Mutant[]>of(RegionMutant.values(), UndeclaredMutant.values())
                .flatMap(Stream::of);
    }
}
