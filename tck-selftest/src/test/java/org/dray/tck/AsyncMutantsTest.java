package org.dray.tck;

import java.util.stream.Stream;

class AsyncMutantsTest extends MutantsTest {
    static Stream<Mutant> mutants() {
        return Stream.of(AsyncMutant.values());
    }
}
