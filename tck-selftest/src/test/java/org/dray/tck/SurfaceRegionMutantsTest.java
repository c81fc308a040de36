package org.dray.tck;

import java.util.stream.Stream;

class SurfaceRegionMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(SurfaceRegionMutant.values());
    }
}
