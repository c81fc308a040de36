package com.example.toy;

import static org.dray.AddressSpace.Kind.LOCAL;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyCost;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.dray.Route;
import org.dray.RouteInfo;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;

final class ToyDriver implements CopyDriver {
    private static final RouteInfo ROUTE = new RouteInfo(
            new Route(LOCAL, LOCAL, Route.Initiator.CALLER),
            1 << 30,
            1,
            1,
            RouteInfo.Overlap.MEMMOVE,
            RouteInfo.PartialReporting.EXACT,
            Set.of(),
            new CopyCost(50, 5_000_000_000L));

    private final EngineInfo info = new EngineInfo(
            ToyProvider.ID,
            ToyProvider.VERSION,
            MachineKind.SIMULATED,
            Set.of(Capability.READ_ONLY_MEMORY),
            List.of(ROUTE),
            List.of(new AddressSpace(ToyProvider.ID, "local", LOCAL, Long.MAX_VALUE, 1)));

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) {
        return new ToyRegion(memory);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) {
        return new ToyRegion(memory);
    }

    @Override
    public long copy(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        ByteBuffer from = ((ToyRegion) source).bytes;
        ByteBuffer to = ((ToyRegion) destination).bytes;
        to.put((int) destinationOffsetBytes, from, (int) sourceOffsetBytes, (int) lengthBytes);
        return lengthBytes;
    }

    @Override
    public void close() {}
}
