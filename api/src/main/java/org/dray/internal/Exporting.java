package org.dray.internal;

import java.util.ArrayList;
import java.util.List;
import org.dray.Access;
import org.dray.Capability;
import org.dray.CopyException;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.spi.LocalMemory;

/** Registers memory with every engine that can share it. */
final class Exporting {
    private static final System.Logger LOG = System.getLogger(Exporting.class.getName());

    private Exporting() {}

    static Exported export(DrayCore dray, LocalMemory memory, Access access, RegionOption... options) {
        if (memory.isReadOnly() && access.isWritable()) {
            throw new IllegalArgumentException("read-only memory cannot be exported for " + access);
        }
        List<MemoryRegion> regions = new ArrayList<>();
        boolean complete = false;
        try {
            register(dray, memory, access, options, regions);
            Exported exported = ExportedCore.of(regions);
            complete = true;
            return exported;
        } finally {
            if (!complete) {
                Attempts attempts = new Attempts();
                regions.forEach(region -> attempts.run(region::close));
            }
        }
    }

    private static void register(
            DrayCore dray, LocalMemory memory, Access access, RegionOption[] options, List<MemoryRegion> regions) {
        List<String> reasons = new ArrayList<>();
        CopyException refusal = null;
        for (EngineCore engine : dray.engineCores()) {
            if (!engine.info().has(Capability.SHARE)) {
                reasons.add(engine.id() + " does not declare " + Capability.SHARE);
                continue;
            }
            try {
                regions.add(engine.register(memory, access, options));
            } catch (UnsupportedOperationException e) {
                reasons.add(String.valueOf(e.getMessage()));
            } catch (CopyException e) {
                LOG.log(System.Logger.Level.WARNING, "exporting without engine " + engine.id() + ": " + e.getMessage());
                refusal = e;
            }
        }
        if (regions.isEmpty()) {
            if (refusal != null) {
                throw refusal;
            }
            throw new UnsupportedOperationException("no engine can share this memory: "
                    + (reasons.isEmpty() ? "there is none\n" + dray.selection() : String.join("; ", reasons)));
        }
    }
}
