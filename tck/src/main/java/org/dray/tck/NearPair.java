package org.dray.tck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.EngineInfo;
import org.dray.MemoryRegion;
import org.dray.Route;
import org.dray.RouteInfo;

/**
 * Two buffers of this process, and regions along which the engine can copy from one to the other: on its route between
 * local memories, with one of them attached by its own token, by way of a device and back, or between two parts of a
 * space that can be mapped. The lengths are multiples of the engine's unit.
 */
record NearPair(CopyEngine engine, List<MemoryRegion> path, ByteBuffer source, ByteBuffer destination) {

    static NearPair of(Scene scene, int lengthBytes) {
        CopyEngine engine = scene.dray().engine(scene.kit().backendId());
        return inMemory(engine, lengthBytes, scene::closeLater)
                .orElseGet(() -> bySpaces(scene, engine, engine.info(), lengthBytes));
    }

    /** A pair that needs no space; every region that is made goes to the keeper. Empty if there is no such route. */
    static Optional<NearPair> inMemory(CopyEngine engine, int lengthBytes, UnaryOperator<MemoryRegion> keeper) {
        EngineInfo info = engine.info();
        if (!isInMemory(info)) {
            return Optional.empty();
        }
        ByteBuffer source = ByteBuffer.allocateDirect(lengthBytes);
        ByteBuffer destination = ByteBuffer.allocateDirect(lengthBytes);
        MemoryRegion from = keeper.apply(engine.register(source, Access.READ));
        MemoryRegion to = keeper.apply(engine.register(destination, Access.WRITE));
        if (info.route(Kind.LOCAL, Kind.LOCAL).isEmpty()) {
            if (info.route(Kind.PEER, Kind.LOCAL).isPresent()) {
                from = keeper.apply(engine.attach(from.token()));
            } else {
                to = keeper.apply(engine.attach(to.token()));
            }
        }
        return Optional.of(new NearPair(engine, List.of(from, to), source, destination));
    }

    private static boolean isInMemory(EngineInfo info) {
        return info.route(Kind.LOCAL, Kind.LOCAL).isPresent()
                || info.route(Kind.PEER, Kind.LOCAL).isPresent()
                || info.route(Kind.LOCAL, Kind.PEER).isPresent();
    }

    private static NearPair bySpaces(Scene scene, CopyEngine engine, EngineInfo info, int lengthBytes) {
        Optional<Kind> way = Optional.<Kind>empty();
        for (Kind kind : List.of(Kind.DEVICE, Kind.PERSISTENT)) {
            if (info.route(Kind.LOCAL, kind).isPresent()
                    && info.route(kind, Kind.LOCAL).isPresent()) {
                way = Optional.of(kind);
            }
        }
        Optional<Route> visible = info.routes().stream()
                .map(RouteInfo::route)
                .filter(it -> isVisible(info, it.source()) && isVisible(info, it.destination()))
                .findFirst();
        if (way.isEmpty() && visible.isPresent()) {
            return ofSpaces(scene, engine, visible.get(), lengthBytes);
        }
        Kind between = way.orElseThrow(() -> new NotRun("the engine has no route between two memories of one process"));
        ByteBuffer source = ByteBuffer.allocateDirect(lengthBytes);
        ByteBuffer destination = ByteBuffer.allocateDirect(lengthBytes);
        MemoryRegion from = scene.closeLater(engine.register(source, Access.READ));
        MemoryRegion to = scene.closeLater(engine.register(destination, Access.WRITE));
        MemoryRegion over = scene.places().of(between, 0, lengthBytes).region();
        return new NearPair(engine, List.of(from, over, to), source, destination);
    }

    /** The longest pair that a rule may ask for: spaces are not as large as memory. */
    static int largestBytes(Scene scene, int wantedBytes) {
        EngineInfo info = scene.kit().info();
        return isInMemory(info)
                ? wantedBytes
                : info.spaces().stream()
                        .mapToInt(it -> scene.places().largestBytes(it.kind(), wantedBytes))
                        .min()
                        .orElse(wantedBytes);
    }

    private static boolean isVisible(EngineInfo info, Kind kind) {
        return kind == Kind.LOCAL || (kind != Kind.PEER && info.has(Capability.MAP));
    }

    private static NearPair ofSpaces(Scene scene, CopyEngine engine, Route route, int lengthBytes) {
        Place from = scene.places().of(route.source(), 0, lengthBytes);
        Place to = scene.places().of(route.destination(), 0, lengthBytes);
        return new NearPair(
                engine, List.of(from.region(), to.region()), buffer(from, lengthBytes), buffer(to, lengthBytes));
    }

    private static ByteBuffer buffer(Place place, int lengthBytes) {
        ByteBuffer buffer = place instanceof LocalPlace local
                ? local.block().buffers().get(0)
                : place.region().map(0, lengthBytes);
        return buffer.order(ByteOrder.BIG_ENDIAN);
    }

    /** The last region that is read. */
    MemoryRegion from() {
        return path.get(path.size() - 2);
    }

    /** The last region, which is the destination's. */
    MemoryRegion to() {
        return path.get(path.size() - 1);
    }

    void copy(long lengthBytes) {
        for (int i = 1; i < path.size(); i++) {
            engine.copy(path.get(i - 1), 0, path.get(i), 0, lengthBytes);
        }
    }

    /** Copies everything once, and looks at every byte. */
    void copyExactly(long seed) {
        int lengthBytes = source.capacity();
        byte[] bytes = Pattern.bytes(seed, 0, lengthBytes);
        byte[] copied = new byte[lengthBytes];
        source.put(0, bytes);
        copy(lengthBytes);
        destination.get(0, copied);
        Expect.bytes(bytes, copied, 0, "the copy with seed " + seed);
    }

    void close() {
        path.forEach(MemoryRegion::close);
    }
}
