package org.dray.tck;

import java.util.stream.Stream;

class DiscoveryMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(DiscoveryMutant.values());
    }
}
