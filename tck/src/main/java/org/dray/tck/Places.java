package org.dray.tck;

import java.util.EnumMap;
import java.util.Map;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionToken;

/** Makes places of every kind that an engine has, in one scene. */
final class Places {
    private final Scene scene;
    private final CopyEngine engine;
    private final Map<Kind, Long> usedBytes = new EnumMap<>(Kind.class);
    private int peerNames;

    Places(Scene scene) {
        this.scene = scene;
        this.engine = scene.dray().engine(scene.kit().backendId());
    }

    /** A place filled with a pattern. */
    Place of(Kind kind, long seed, int lengthBytes) {
        return of(kind, seed, lengthBytes, Access.READ_WRITE);
    }

    Place of(Kind kind, long seed, int lengthBytes, Access access) {
        return switch (kind) {
            case LOCAL -> local(seed, access, lengthBytes);
            case PEER -> far(seed, access, lengthBytes);
            case DEVICE, PERSISTENT -> inSpace(space(kind), seed, lengthBytes, access);
        };
    }

    /** Own memory of one or more buffers, registered. */
    LocalPlace local(long seed, Access access, int... segmentBytes) {
        Block block = Block.of(seed, segmentBytes);
        if (segmentBytes.length == 1) {
            return new LocalPlace(
                    scene.closeLater(engine.register(block.buffers().get(0), access)), block);
        }
        try (MemoryRegion wrapped = scene.dray().wrap(block.buffers())) {
            return new LocalPlace(scene.closeLater(engine.register(wrapped, access)), block);
        }
    }

    /** Own memory, wrapped. */
    LocalPlace wrapped(long seed, int... segmentBytes) {
        Block block = Block.of(seed, segmentBytes);
        return new LocalPlace(scene.closeLater(scene.dray().wrap(block.buffers())), block);
    }

    /** Memory of the other process, attached here. */
    FarPlace far(long seed, Access access, int... segmentBytes) {
        String name = "place" + peerNames++;
        scene.peer().memory(name, seed, segmentBytes);
        return attached(scene.peer(), name, scene.peer().register(name, access));
    }

    FarPlace attached(Peer peer, String name, RegionToken token) {
        return new FarPlace(scene.closeLater(engine.attach(token)), peer, name);
    }

    private Place inSpace(AddressSpace space, long seed, int lengthBytes, Access access) {
        long wholeBytes = Units.whole(lengthBytes, Units.of(engine.info()));
        long used = usedBytes.getOrDefault(space.kind(), 0L);
        // When a space is used up, its first bytes belong to places that nobody needs any more.
        long offset = used + wholeBytes <= space.byteSize() ? used : 0;
        usedBytes.put(space.kind(), offset + wholeBytes);
        SpacePlace all = new SpacePlace(
                scene.closeLater(engine.region(space, offset, wholeBytes, Access.READ_WRITE)), scene.dray(), engine);
        all.fill(seed, 0, wholeBytes);
        return access == Access.READ_WRITE
                ? all
                : all.seenAs(scene.closeLater(engine.region(space, offset, wholeBytes, access)));
    }

    AddressSpace space(Kind kind) {
        return engine.info().spaces().stream()
                .filter(it -> it.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** The longest place of a kind that a rule may ask for. */
    int largestBytes(Kind kind, int wantedBytes) {
        return switch (kind) {
            case LOCAL, PEER -> wantedBytes;
            case DEVICE, PERSISTENT -> {
                long unitBytes = Units.of(engine.info());
                yield (int) Math.min(wantedBytes, space(kind).byteSize() / 4 / unitBytes * unitBytes);
            }
        };
    }
}
