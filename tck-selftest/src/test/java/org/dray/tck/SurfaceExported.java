package org.dray.tck;

import java.util.List;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.Tokens;

/** An export with a mutant's defect. */
record SurfaceExported(Exported genuine, List<MemoryRegion> regions, Mutant mutant) implements Exported {

    SurfaceExported(Exported genuine, SurfaceDray dray, Mutant mutant) {
        this(
                genuine,
                genuine.regions().stream().<MemoryRegion>map(dray::wrapped).toList(),
                mutant);
    }

    @Override
    public Tokens tokens() {
        return genuine.tokens();
    }

    @Override
    public void close() {
        mutant.closeExport(genuine);
    }
}
