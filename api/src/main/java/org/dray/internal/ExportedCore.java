package org.dray.internal;

import java.util.List;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.Tokens;

/** One memory, registered with several engines. */
record ExportedCore(List<MemoryRegion> regions, Tokens tokens) implements Exported {
    static ExportedCore of(List<MemoryRegion> regions) {
        return new ExportedCore(
                List.copyOf(regions),
                new Tokens(regions.stream().map(MemoryRegion::token).toList()));
    }

    @Override
    public void close() {
        Attempts attempts = new Attempts();
        regions.forEach(region -> attempts.run(region::close));
        attempts.finish();
    }
}
