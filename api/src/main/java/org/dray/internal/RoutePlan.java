package org.dray.internal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dray.AddressSpace;
import org.dray.EngineInfo;
import org.dray.Route;
import org.dray.RouteInfo;
import org.jspecify.annotations.Nullable;

/** A route's limits in the form that the copy path needs them. */
final class RoutePlan {
    /**
     * Between two steps of a copy, the regions are looked at again: the longest time that a close waits for an own
     * copy.
     */
    private static final long QUANTUM_BYTES = 4 << 20;

    private static final int KINDS = AddressSpace.Kind.values().length;

    final Optional<Route> route;
    final RouteInfo info;
    final long alignmentMask;
    final long stepBytes;
    final boolean rejectsOverlap;
    final boolean exact;
    final int maxSegments;

    private RoutePlan(RouteInfo info) {
        this.info = info;
        this.route = Optional.of(info.route());
        this.alignmentMask = info.alignmentBytes() - 1;
        this.stepBytes = Math.max(
                info.alignmentBytes(), Math.min(QUANTUM_BYTES, info.maxTransferBytes()) & -info.alignmentBytes());
        this.rejectsOverlap = info.overlap() == RouteInfo.Overlap.REJECT;
        this.exact = info.partialReporting() == RouteInfo.PartialReporting.EXACT;
        this.maxSegments = info.maxSegments();
    }

    /** A table of all routes, indexed by {@link #index}. */
    static @Nullable RoutePlan[] table(EngineInfo info) {
        @Nullable RoutePlan[] table = new @Nullable RoutePlan[KINDS * KINDS];
        for (RouteInfo route : info.routes()) {
            table[index(code(route.route().source()), code(route.route().destination()))] = new RoutePlan(route);
        }
        return table;
    }

    /** Where the route between two kinds stands in the table; see {@link #code}. */
    static int index(int sourceCode, int destinationCode) {
        return sourceCode * KINDS + destinationCode;
    }

    static int code(AddressSpace.Kind kind) {
        return switch (kind) {
            case LOCAL -> 0;
            case PEER -> 1;
            case DEVICE -> 2;
            case PERSISTENT -> 3;
        };
    }

    /** The driver's own description, with a label on what the core adds. */
    static EngineInfo labelled(EngineInfo info, boolean hasChannels) {
        List<RouteInfo> routes = new ArrayList<>();
        for (RouteInfo route : info.routes()) {
            Set<RouteInfo.Emulation> emulated = EnumSet.noneOf(RouteInfo.Emulation.class);
            emulated.addAll(route.emulated());
            emulated.add(RouteInfo.Emulation.FENCE);
            if (!hasChannels) {
                emulated.add(RouteInfo.Emulation.QUEUE);
            }
            if (route.maxTransferBytes() < Long.MAX_VALUE) {
                emulated.add(RouteInfo.Emulation.SPLITTING);
            }
            routes.add(new RouteInfo(
                    route.route(),
                    route.maxTransferBytes(),
                    route.alignmentBytes(),
                    route.maxSegments(),
                    route.overlap(),
                    route.partialReporting(),
                    emulated,
                    route.cost()));
        }
        return new EngineInfo(
                info.engineId(), info.backendVersion(), info.machineKind(), info.capabilities(), routes, info.spaces());
    }
}
