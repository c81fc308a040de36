package org.dray.backend.sim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.CopyCost;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.dray.Route;
import org.dray.Route.Initiator;
import org.dray.RouteInfo;
import org.dray.RouteInfo.Overlap;
import org.dray.RouteInfo.PartialReporting;

/** What the simulated engine declares: every pair of kinds, every capability that synchronous copies need. */
final class SimInfo {
    static final String BOARD = "board0";
    static final String PERSISTENT = "dax0.0";

    static final int MAX_SEGMENTS = 1024;
    private static final CopyCost DIRECT = new CopyCost(300, 3_000_000_000L);
    private static final CopyCost THROUGH_DEVICE = new CopyCost(20_000, 1_500_000_000L);

    private SimInfo() {}

    /**
     * The declaration.
     *
     * @param rawAddress whether addresses can be reached here
     * @param execDetection whether an owner that replaced its program can be told from one that is slow. No copy from
     *     or to it ever answers OK anyhow, as its device is gone; but TIMEOUT alone is not recognising it
     */
    static EngineInfo of(long spaceBytes, boolean rawAddress, boolean execDetection) {
        return new EngineInfo(
                SimProvider.ID,
                SimProvider.VERSION,
                MachineKind.SIMULATED,
                capabilities(rawAddress, execDetection),
                routes(),
                List.of(
                        space("local", Kind.LOCAL, Long.MAX_VALUE),
                        space("peer", Kind.PEER, Long.MAX_VALUE),
                        space(BOARD, Kind.DEVICE, spaceBytes),
                        space(PERSISTENT, Kind.PERSISTENT, spaceBytes)));
    }

    private static Set<Capability> capabilities(boolean rawAddress, boolean execDetection) {
        Set<Capability> capabilities = EnumSet.allOf(Capability.class);
        if (!rawAddress) {
            capabilities.remove(Capability.RAW_ADDRESS);
        }
        if (!execDetection) {
            capabilities.remove(Capability.EXEC_DETECTION);
        }
        return capabilities;
    }

    private static List<RouteInfo> routes() {
        List<RouteInfo> routes = new ArrayList<>();
        for (Kind source : Kind.values()) {
            for (Kind destination : Kind.values()) {
                routes.add(route(source, destination, source == Kind.PEER || destination == Kind.PEER));
            }
        }
        return routes;
    }

    private static RouteInfo route(Kind source, Kind destination, boolean throughDevice) {
        return new RouteInfo(
                new Route(source, destination, throughDevice ? Initiator.ENGINE : Initiator.CALLER),
                Mailboxes.WINDOW_BYTES,
                1,
                MAX_SEGMENTS,
                Overlap.MEMMOVE,
                PartialReporting.EXACT,
                Set.of(),
                throughDevice ? THROUGH_DEVICE : DIRECT);
    }

    private static AddressSpace space(String name, Kind kind, long byteSize) {
        return new AddressSpace(SimProvider.ID, name, kind, byteSize, 1);
    }
}
