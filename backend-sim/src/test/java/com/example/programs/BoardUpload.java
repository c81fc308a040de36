package com.example.programs;

import java.nio.ByteBuffer;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;

/** What a user of a PCIe card writes: send a block to the card's memory, fetch it back. */
final class BoardUpload {
    private BoardUpload() {}

    static ByteBuffer roundTrip(CopyEngine engine, ByteBuffer block) {
        AddressSpace board = engine.info().spaces(AddressSpace.Kind.DEVICE).get(0);
        ByteBuffer back = ByteBuffer.allocateDirect(block.remaining());
        try (MemoryRegion card = engine.region(board, 0, block.remaining(), Access.READ_WRITE);
                MemoryRegion host = engine.register(block, Access.READ);
                MemoryRegion result = engine.register(back, Access.WRITE)) {
            engine.copy(host, 0, card, 0, host.byteSize());
            engine.copy(card, 0, result, 0, result.byteSize());
        }
        return back;
    }
}
