package com.example.programs;

import java.nio.ByteBuffer;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;

/** What a user of persistent memory writes: append in place, snapshot with the DMA engine, make durable. */
final class PersistentLog {
    private static final int PAGE_BYTES = 4096;

    private PersistentLog() {}

    static ByteBuffer appendAndSnapshot(CopyEngine engine, byte[] record) {
        AddressSpace pmem = engine.info().spaces(AddressSpace.Kind.PERSISTENT).get(0);
        try (MemoryRegion log = engine.region(pmem, 0, PAGE_BYTES, Access.READ_WRITE);
                MemoryRegion snapshot = engine.region(pmem, PAGE_BYTES, PAGE_BYTES, Access.READ_WRITE)) {
            ByteBuffer view = log.map(0, PAGE_BYTES);
            view.put(0, record);
            log.flush(0, record.length);
            engine.copy(log, 0, snapshot, 0, PAGE_BYTES);
            snapshot.flush(0, PAGE_BYTES);
            return snapshot.map(0, record.length);
        }
    }
}
