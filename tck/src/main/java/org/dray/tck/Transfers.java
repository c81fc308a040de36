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

    Transfers(Scene scene, Places places) {
        this.places = places;
        this.engine = scene.dray().engine(scene.kit().backendId());
    }

    byte[] read(MemoryRegion region, long offset, int lengthBytes) {
        Kind to = routeFrom(region.kind()).route().destination();
        Place place = places.of(to, 0, lengthBytes);
        engine.copy(region, offset, place.region(), 0, lengthBytes);
        return place.get(0, lengthBytes);
    }

    void write(MemoryRegion region, long offset, byte[] bytes) {
        Kind from = routeTo(region.kind()).route().source();
        Place place = places.of(from, 0, bytes.length);
        place.put(0, bytes);
        engine.copy(place.region(), 0, region, offset, bytes.length);
    }

    private RouteInfo routeFrom(Kind source) {
        return any(engine.info().routes().stream()
                .filter(it -> it.route().source() == source)
                .findFirst());
    }

    private RouteInfo routeTo(Kind destination) {
        return any(engine.info().routes().stream()
                .filter(it -> it.route().destination() == destination)
                .findFirst());
    }

    private static RouteInfo any(Optional<RouteInfo> route) {
        return route.orElseThrow(() -> new NotRun("the engine has no route that could show the bytes"));
    }
}
