package org.dray.tck;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.EngineInfo;
import org.dray.RouteInfo;

/** Engines' data, changed in one place. */
final class Infos {
    private Infos() {}

    static AddressSpace renamed(AddressSpace space, String engineId) {
        return new AddressSpace(engineId, space.name(), space.kind(), space.byteSize(), space.alignmentBytes());
    }

    static EngineInfo without(EngineInfo info, Capability... capabilities) {
        Set<Capability> kept = info.capabilities().stream()
                .filter(it -> !List.of(capabilities).contains(it))
                .collect(Collectors.toSet());
        return new EngineInfo(
                info.engineId(), info.backendVersion(), info.machineKind(), kept, info.routes(), info.spaces());
    }

    static EngineInfo withoutSpace(EngineInfo info, Kind kind) {
        return new EngineInfo(
                info.engineId(),
                info.backendVersion(),
                info.machineKind(),
                info.capabilities(),
                info.routes(),
                info.spaces().stream().filter(it -> it.kind() != kind).toList());
    }

    static EngineInfo withRoutes(EngineInfo info, List<RouteInfo> routes) {
        return new EngineInfo(
                info.engineId(), info.backendVersion(), info.machineKind(), info.capabilities(), routes, info.spaces());
    }

    static EngineInfo withoutRoutes(EngineInfo info, Predicate<RouteInfo> dropped) {
        return withRoutes(info, info.routes().stream().filter(dropped.negate()).toList());
    }

    /** Without a space, its capability and the routes that touch it. */
    static EngineInfo withoutKind(EngineInfo info, Kind kind, Capability... capabilities) {
        return without(
                withoutSpace(
                        withoutRoutes(
                                info,
                                it -> it.route().source() == kind || it.route().destination() == kind),
                        kind),
                capabilities);
    }
}
