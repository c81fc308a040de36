package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.EngineInfo;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RegionToken;

/** An engine with a mutant's defect. */
record SurfaceEngine(
        CopyEngine genuine, SurfaceDray dray, Mutant mutant, AtomicInteger inFlight, Set<SurfaceChannel> channels)
        implements CopyEngine {

    SurfaceEngine(CopyEngine genuine, SurfaceDray dray, Mutant mutant) {
        this(genuine, dray, mutant, new AtomicInteger(), ConcurrentHashMap.newKeySet());
    }

    @Override
    public String id() {
        return genuine.id();
    }

    @Override
    public EngineInfo info() {
        return mutant.info(genuine.info());
    }

    @Override
    public MemoryRegion register(ByteBuffer memory, Access access, RegionOption... options) {
        return dray.wrapped(mutant.register(this, memory, access, options));
    }

    @Override
    public MemoryRegion register(MemoryRegion memory, Access access, RegionOption... options) {
        return dray.wrapped(mutant.register(genuine, SurfaceDray.unwrapped(memory), access, options));
    }

    @Override
    public MemoryRegion allocate(long lengthBytes, Access access, RegionOption... options) {
        return dray.wrapped(mutant.allocate(genuine, lengthBytes, access, options));
    }

    @Override
    public MemoryRegion attach(RegionToken token) {
        return new SurfaceRegion(mutant.attach(this, token), dray, mutant, token);
    }

    @Override
    public MemoryRegion region(AddressSpace space, long offsetBytes, long lengthBytes, Access access) {
        return dray.wrapped(mutant.region(genuine, space, offsetBytes, lengthBytes, access));
    }

    @Override
    public void copy(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        inFlight.incrementAndGet();
        try {
            mutant.copy(
                    this,
                    SurfaceDray.unwrapped(source),
                    sourceOffsetBytes,
                    SurfaceDray.unwrapped(destination),
                    destinationOffsetBytes,
                    lengthBytes);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    @Override
    public CompletableFuture<Void> copyAsync(
            MemoryRegion source,
            long sourceOffsetBytes,
            MemoryRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        return mutant.copyAsync(
                genuine,
                SurfaceDray.unwrapped(source),
                sourceOffsetBytes,
                SurfaceDray.unwrapped(destination),
                destinationOffsetBytes,
                lengthBytes);
    }

    @Override
    public CopyChannel openChannel(ChannelOptions options) {
        return mutant.openChannel(this, options);
    }

    @Override
    public String toString() {
        return genuine.toString();
    }
}
