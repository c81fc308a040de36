package org.dray.toy;

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
import org.dray.RouteInfo;

/** What a toy declares: everything, between all kinds, unless a test says otherwise. */
public final class ToyInfo {
    /** Size of the device and of the persistent space. */
    public static final int SPACE_BYTES = 4096;

    private final String id;
    private final Set<Capability> capabilities = EnumSet.allOf(Capability.class);
    private final Set<Kind> kinds = EnumSet.allOf(Kind.class);
    private MachineKind machineKind = MachineKind.REAL;
    private long maxTransferBytes = Long.MAX_VALUE;
    private long alignmentBytes = 1;
    private long spaceAlignmentBytes = 1;
    private int maxSegments = 1024;
    private RouteInfo.Overlap overlap = RouteInfo.Overlap.REJECT;
    private RouteInfo.PartialReporting partialReporting = RouteInfo.PartialReporting.EXACT;
    private CopyCost cost = new CopyCost(1000, 1_000_000_000L);

    ToyInfo(String id) {
        this.id = id;
    }

    public ToyInfo without(Capability... missing) {
        capabilities.removeAll(List.of(missing));
        return this;
    }

    public ToyInfo withoutRoutesOf(Kind kind) {
        kinds.remove(kind);
        return this;
    }

    public ToyInfo machineKind(MachineKind kind) {
        machineKind = kind;
        return this;
    }

    public ToyInfo maxTransferBytes(long bytes) {
        maxTransferBytes = bytes;
        return this;
    }

    public ToyInfo alignmentBytes(long bytes) {
        alignmentBytes = bytes;
        return this;
    }

    public ToyInfo spaceAlignmentBytes(long bytes) {
        spaceAlignmentBytes = bytes;
        return this;
    }

    public ToyInfo maxSegments(int count) {
        maxSegments = count;
        return this;
    }

    public ToyInfo overlap(RouteInfo.Overlap rule) {
        overlap = rule;
        return this;
    }

    public ToyInfo partialReporting(RouteInfo.PartialReporting rule) {
        partialReporting = rule;
        return this;
    }

    public ToyInfo cost(CopyCost price) {
        cost = price;
        return this;
    }

    EngineInfo build() {
        List<RouteInfo> routes = new ArrayList<>();
        for (Kind source : kinds) {
            for (Kind destination : kinds) {
                routes.add(new RouteInfo(
                        new Route(source, destination, Route.Initiator.CALLER),
                        maxTransferBytes,
                        alignmentBytes,
                        maxSegments,
                        overlap,
                        partialReporting,
                        Set.of(),
                        cost));
            }
        }
        List<AddressSpace> spaces = List.of(
                new AddressSpace(id, "local", Kind.LOCAL, Long.MAX_VALUE, 1),
                new AddressSpace(id, "peer", Kind.PEER, Long.MAX_VALUE, 1),
                new AddressSpace(id, "board0", Kind.DEVICE, SPACE_BYTES, spaceAlignmentBytes),
                new AddressSpace(id, "dax0.0", Kind.PERSISTENT, SPACE_BYTES, spaceAlignmentBytes));
        return new EngineInfo(id, "0.1.0", machineKind, capabilities, routes, spaces);
    }
}
