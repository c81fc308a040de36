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

/** What the simulated engine declares: its personality, less what this machine lacks. */
final class SimInfo {
    static final String BOARD = "board0";
    static final String PERSISTENT = "dax0.0";

    private static final CopyCost DIRECT = new CopyCost(300, 3_000_000_000L);
    private static final CopyCost THROUGH_DEVICE = new CopyCost(20_000, 1_500_000_000L);

    private SimInfo() {}

    /**
     * The declaration.
     *
     * @param settings whose limits, and how large the spaces are
     * @param rawAddress whether addresses can be reached here
     * @param execDetection whether an owner that replaced its program can be told from one that is slow. No copy from
     *     or to it ever answers OK anyhow, as its device is gone; but TIMEOUT alone is not recognising it
     */
    static EngineInfo of(SimSettings settings, boolean rawAddress, boolean execDetection) {
        Set<Capability> capabilities = capabilities(settings.personality(), rawAddress, execDetection);
        return new EngineInfo(
                SimProvider.ID,
                SimProvider.VERSION,
                MachineKind.SIMULATED,
                capabilities,
                settings.personality().ways().stream()
                        .map(way -> route(way, settings.personality().limits()))
                        .toList(),
                spaces(settings, capabilities));
    }

    private static Set<Capability> capabilities(Personality personality, boolean rawAddress, boolean execDetection) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(personality.capabilities());
        if (!rawAddress) {
            capabilities.remove(Capability.RAW_ADDRESS);
        }
        if (!execDetection) {
            capabilities.remove(Capability.EXEC_DETECTION);
        }
        return capabilities;
    }

    private static RouteInfo route(Personality.Way way, Limits limits) {
        boolean throughDevice = way.source() == Kind.PEER || way.destination() == Kind.PEER;
        return new RouteInfo(
                new Route(way.source(), way.destination(), throughDevice ? Initiator.ENGINE : Initiator.CALLER),
                limits.maxTransferBytes(),
                limits.alignmentBytes(),
                limits.maxSegments(),
                limits.overlap(),
                limits.partialReporting(),
                Set.of(),
                throughDevice ? THROUGH_DEVICE : DIRECT);
    }

    private static List<AddressSpace> spaces(SimSettings settings, Set<Capability> capabilities) {
        List<AddressSpace> spaces = new ArrayList<>();
        spaces.add(space("local", Kind.LOCAL, Long.MAX_VALUE, 1));
        if (capabilities.contains(Capability.SHARE)) {
            spaces.add(space("peer", Kind.PEER, Long.MAX_VALUE, 1));
        }
        long alignmentBytes = settings.personality().limits().alignmentBytes();
        if (capabilities.contains(Capability.DEVICE_SPACE)) {
            spaces.add(space(BOARD, Kind.DEVICE, settings.spaceBytes(), alignmentBytes));
        }
        if (capabilities.contains(Capability.PERSISTENT_SPACE)) {
            spaces.add(space(PERSISTENT, Kind.PERSISTENT, settings.spaceBytes(), alignmentBytes));
        }
        return spaces;
    }

    private static AddressSpace space(String name, Kind kind, long byteSize, long alignmentBytes) {
        return new AddressSpace(SimProvider.ID, name, kind, byteSize, alignmentBytes);
    }
}
