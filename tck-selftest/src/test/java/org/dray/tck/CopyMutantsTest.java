package org.dray.tck;

import java.util.stream.Stream;

class CopyMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.<Mutant[]>of(CopyMutant.values(), SurfaceCopyMutant.values())
                .flatMap(Stream::of);
    }
}
