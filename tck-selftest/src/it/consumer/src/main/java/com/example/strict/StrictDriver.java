package com.example.strict;

import static org.dray.AddressSpace.Kind.LOCAL;

import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyCost;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.dray.Route;
import org.dray.RouteInfo;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;

/** Copies whole pages inside this process, two at a time, one segment each, and nothing that overlaps. */
final class StrictDriver implements CopyDriver {
    static final int DEPTH = 2;

    private static final RouteInfo ROUTE = new RouteInfo(
            new Route(LOCAL, LOCAL, Route.Initiator.ENGINE),
            64 * 1024, // the most that one request moves: longer copies come in steps
            4096, // offsets and lengths
            1, // segments
            RouteInfo.Overlap.REJECT,
            RouteInfo.PartialReporting.NONE,
            Set.of(),
            new CopyCost(50, 5_000_000_000L));

    private final EngineInfo info = new EngineInfo(
            StrictProvider.ID,
            StrictProvider.VERSION,
            MachineKind.SIMULATED,
            Set.of(), // no capability: what is not declared is refused by the core
            List.of(ROUTE),
            List.of(new AddressSpace(StrictProvider.ID, "local", LOCAL, Long.MAX_VALUE, 1)));

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) {
        return new StrictRegion(memory);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) {
        return new StrictRegion(memory);
    }

    @Override
    public long copy(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        move((StrictRegion) source, sourceOffsetBytes, (StrictRegion) destination, destinationOffsetBytes, lengthBytes);
        return lengthBytes;
    }

    /** Here a real driver would ring its device. */
    static void move(StrictRegion source, long from, StrictRegion destination, long to, long lengthBytes) {
        destination.bytes.put((int) to, source.bytes, (int) from, (int) lengthBytes);
    }

    @Override
    public int queueDepth() {
        return DEPTH;
    }

    @Override
    public DriverChannel openChannel() {
        return new StrictChannel();
    }

    @Override
    public void close() {}
}
