package com.example.programs;

import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.Tokens;

/** What a broker writes: it moves bytes from one process straight into another and never touches them. */
final class Broker {
    private Broker() {}

    static void forward(Dray dray, Tokens source, Tokens target) {
        CopyEngine engine = dray.engines().stream()
                .filter(e -> e.info().has(Capability.THIRD_PARTY))
                .filter(e ->
                        source.find(e.id()).isPresent() && target.find(e.id()).isPresent())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no engine copies between two peers\n" + dray.selection()));
        try (MemoryRegion from = engine.attach(source.find(engine.id()).orElseThrow());
                MemoryRegion to = engine.attach(target.find(engine.id()).orElseThrow())) {
            engine.copy(from, 0, to, 0, Math.min(from.byteSize(), to.byteSize()));
        }
    }
}
