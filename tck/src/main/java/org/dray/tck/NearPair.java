package org.dray.tck;

import java.nio.ByteBuffer;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.EngineInfo;
import org.dray.MemoryRegion;

/**
 * Two buffers of this process and regions over them between which the engine can copy: on its route between local
 * memories, else with one of them attached by its own token.
 */
record NearPair(CopyEngine engine, MemoryRegion from, MemoryRegion to, ByteBuffer source, ByteBuffer destination) {

    static NearPair of(Scene scene, int lengthBytes) {
        CopyEngine engine = scene.dray().engine(scene.kit().backendId());
        EngineInfo info = engine.info();
        ByteBuffer source = ByteBuffer.allocateDirect(lengthBytes);
        ByteBuffer destination = ByteBuffer.allocateDirect(lengthBytes);
        MemoryRegion from = scene.closeLater(engine.register(source, Access.READ));
        MemoryRegion to = scene.closeLater(engine.register(destination, Access.WRITE));
        if (info.route(Kind.LOCAL, Kind.LOCAL).isEmpty()) {
            if (info.route(Kind.PEER, Kind.LOCAL).isPresent()) {
                from = scene.closeLater(engine.attach(from.token()));
            } else if (info.route(Kind.LOCAL, Kind.PEER).isPresent()) {
                to = scene.closeLater(engine.attach(to.token()));
            } else {
                throw new NotRun("the engine has no route between two memories of one process");
            }
        }
        return new NearPair(engine, from, to, source, destination);
    }

    void copy(long lengthBytes) {
        engine.copy(from, 0, to, 0, lengthBytes);
    }
}
