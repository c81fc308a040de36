package org.dray.tck;

import java.nio.ByteBuffer;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.RouteInfo;

/**
 * A part of a device's or a persistent space. Only the engine reaches it: by copies of whole units where it has routes
 * to local memory and back, else by a mapping.
 */
final class SpacePlace implements Place {
    private final MemoryRegion region;
    private final MemoryRegion all;
    private final Dray dray;
    private final CopyEngine engine;

    SpacePlace(MemoryRegion region, Dray dray, CopyEngine engine) {
        this(region, region, dray, engine);
    }

    private SpacePlace(MemoryRegion region, MemoryRegion all, Dray dray, CopyEngine engine) {
        this.region = region;
        this.all = all;
        this.dray = dray;
        this.engine = engine;
    }

    /** The same bytes, with another region over them in front. */
    SpacePlace seenAs(MemoryRegion other) {
        return new SpacePlace(other, all, dray, engine);
    }

    @Override
    public MemoryRegion region() {
        return region;
    }

    @Override
    public void put(long offset, byte[] bytes) {
        if (!hasRoutes()) {
            all.map(offset, bytes.length).put(bytes);
            return;
        }
        Window window = window(offset, bytes.length);
        ByteBuffer buffer = read(window);
        buffer.duplicate().position((int) (offset - window.offset)).put(bytes);
        try (MemoryRegion near = dray.wrap(buffer)) {
            engine.copy(near, 0, all, window.offset, window.lengthBytes);
        }
    }

    @Override
    public byte[] get(long offset, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        if (hasRoutes()) {
            Window window = window(offset, lengthBytes);
            read(window).position((int) (offset - window.offset)).get(bytes);
        } else {
            all.map(offset, lengthBytes).get(bytes);
        }
        return bytes;
    }

    private ByteBuffer read(Window window) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(window.lengthBytes);
        try (MemoryRegion near = dray.wrap(buffer)) {
            engine.copy(all, window.offset, near, 0, window.lengthBytes);
        }
        return buffer;
    }

    private boolean hasRoutes() {
        return engine.info().route(Kind.LOCAL, all.kind()).isPresent()
                && engine.info().route(all.kind(), Kind.LOCAL).isPresent();
    }

    /** Whole units around a range. */
    private record Window(long offset, int lengthBytes) {}

    private Window window(long offset, int lengthBytes) {
        long unit = Math.max(unitBytes(Kind.LOCAL, all.kind()), unitBytes(all.kind(), Kind.LOCAL));
        long start = offset / unit * unit;
        long end = Math.min(all.byteSize(), (offset + lengthBytes + unit - 1) / unit * unit);
        return new Window(start, (int) (end - start));
    }

    private long unitBytes(Kind from, Kind to) {
        return engine.info().route(from, to).map(RouteInfo::alignmentBytes).orElse(1L);
    }
}
