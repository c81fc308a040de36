package org.dray.tck;

import java.util.Optional;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RouteInfo;

/** Reads and writes the bytes of a region through whatever route its engine has. */
final class Transfers {
    private final Places places;
    private final CopyEngine engine;
    private final long unitBytes;

    Transfers(Scene scene, Places places) {
        this.places = places;
        this.engine = scene.dray().engine(scene.kit().backendId());
        this.unitBytes = Units.of(engine.info());
    }

    /** Whether a route leads from such regions to where bytes can be seen. */
    boolean canRead(Kind kind) {
        return routeFrom(kind).isPresent();
    }

    /** Whether a route leads to such regions. */
    boolean canWrite(Kind kind) {
        return routeTo(kind).isPresent();
    }

    /** Any range; the whole units around it must lie in the region. */
    byte[] read(MemoryRegion region, long offset, int lengthBytes) {
        Kind to = known(routeFrom(region.kind())).route().destination();
        long start = offset / unitBytes * unitBytes;
        int windowBytes = (int) (Units.whole(offset + lengthBytes, unitBytes) - start);
        Place place = places.of(to, 0, windowBytes);
        engine.copy(region, start, place.region(), 0, windowBytes);
        return place.get(offset - start, lengthBytes);
    }

    /** Whole units. */
    void write(MemoryRegion region, long offset, byte[] bytes) {
        Kind from = known(routeTo(region.kind())).route().source();
        Place place = places.of(from, 0, bytes.length);
        place.put(0, bytes);
        engine.copy(place.region(), 0, region, offset, bytes.length);
    }

    /** Complains unless a range holds certain bytes, as far as the engine can show them. */
    void expect(byte[] expected, MemoryRegion region, long offset, String what) {
        if (canRead(region.kind())) {
            Expect.bytes(expected, read(region, offset, expected.length), offset, what);
        }
    }

    /**
     * Complains unless copies reach another process's memory, which holds a pattern: read where possible, else written.
     */
    void expectReached(FarPlace far, long seed, int lengthBytes, String what) {
        if (canRead(Kind.PEER)) {
            expect(Pattern.bytes(seed, 0, lengthBytes), far.region(), 0, what);
        } else {
            write(far.region(), 0, Pattern.bytes(~seed, 0, lengthBytes));
            far.expect(~seed, 0, 0, lengthBytes, what);
            far.fill(seed, 0, lengthBytes);
        }
    }

    private Optional<RouteInfo> routeFrom(Kind source) {
        return engine.info().routes().stream()
                .filter(it -> it.route().source() == source)
                .filter(it -> source != Kind.PEER || it.route().destination() != Kind.PEER)
                .findFirst();
    }

    private Optional<RouteInfo> routeTo(Kind destination) {
        return engine.info().routes().stream()
                .filter(it -> it.route().destination() == destination)
                .filter(it -> destination != Kind.PEER || it.route().source() != Kind.PEER)
                .findFirst();
    }

    private static RouteInfo known(Optional<RouteInfo> route) {
        return route.orElseThrow(() -> new NotRun("the engine has no route that could show the bytes"));
    }
}
