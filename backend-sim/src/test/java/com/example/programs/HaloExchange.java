package com.example.programs;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.Access;
import org.dray.Dray;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.Tokens;

/** What a message-passing framework writes: a header and a body go out together, the peer fetches what it needs. */
final class HaloExchange {
    private HaloExchange() {}

    /** The owner hands out several buffers as one region, for one use. */
    static Exported offer(Dray dray, ByteBuffer header, ByteBuffer body) {
        try (MemoryRegion message = dray.wrap(List.of(header, body))) {
            return dray.export(message, Access.READ, RegionOption.SINGLE_USE);
        }
    }

    /** The peer fetches the whole message. */
    static void fetch(Dray dray, byte[] tokens, ByteBuffer into) {
        try (MemoryRegion far = dray.attach(Tokens.parse(tokens), Access.READ);
                MemoryRegion near = dray.wrap(into)) {
            far.engine().copy(far, 0, near, 0, far.byteSize());
        }
    }

    /** The peer writes its edge into the owner's halo. */
    static void push(Dray dray, byte[] tokens, long haloOffsetBytes, ByteBuffer edge) {
        try (MemoryRegion far = dray.attach(Tokens.parse(tokens), Access.WRITE);
                MemoryRegion halo = far.slice(haloOffsetBytes, edge.remaining());
                MemoryRegion near = dray.wrap(edge)) {
            far.engine().copy(near, 0, halo, 0, near.byteSize());
        }
    }
}
