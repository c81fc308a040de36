package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.BackendReport;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.EngineInfo;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionOption;
import org.dray.RegionToken;
import org.dray.Selection;
import org.dray.Tokens;

/**
 * Where a defect of what users see can be put; what is not overridden is genuine. Arguments and results are genuine
 * objects, the wrappers are told apart by their own parameter.
 */
interface SurfaceDefects {

    default Dray load(DrayOptions options) {
        return Dray.load(options);
    }

    // Encodings

    default byte[] encode(RegionToken token) {
        return token.toBytes();
    }

    default RegionToken parseToken(byte[] bytes) {
        return RegionToken.parse(bytes);
    }

    default Tokens parseTokens(byte[] bytes) {
        return Tokens.parse(bytes);
    }

    // Dray

    default List<BackendReport> reports(Dray genuine) {
        return genuine.reports();
    }

    default Selection selection(Dray genuine) {
        return genuine.selection();
    }

    default List<CopyEngine> engines(Dray genuine, List<CopyEngine> wrapped) {
        genuine.engines();
        return wrapped;
    }

    default CopyEngine engine(SurfaceDray dray, String id) {
        return dray.wrapped(dray.genuine().engine(id));
    }

    default MemoryRegion wrap(Dray genuine, List<ByteBuffer> segments) {
        return genuine.wrap(segments);
    }

    default MemoryRegion wrapAddress(Dray genuine, long address, long lengthBytes, Object keepAlive) {
        return genuine.wrapAddress(address, lengthBytes, keepAlive);
    }

    default MemoryRegion attach(Dray genuine, Tokens tokens, Access needed) {
        return genuine.attach(tokens, needed);
    }

    default Selection explain(Dray genuine, Tokens tokens, Access needed) {
        return genuine.explain(tokens, needed);
    }

    default PeerId self(Dray genuine) {
        return genuine.self();
    }

    default void closeExport(Exported genuine) {
        genuine.close();
    }

    default void closeDray(SurfaceDray dray) {
        dray.genuine().close();
    }

    // Engine

    default EngineInfo info(EngineInfo genuine) {
        return genuine;
    }

    default MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
        return engine.genuine().register(memory, access, options);
    }

    default MemoryRegion register(CopyEngine genuine, MemoryRegion memory, Access access, RegionOption... options) {
        return genuine.register(memory, access, options);
    }

    default MemoryRegion allocate(CopyEngine genuine, long lengthBytes, Access access, RegionOption... options) {
        return genuine.allocate(lengthBytes, access, options);
    }

    default MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
        return engine.genuine().attach(token);
    }

    default MemoryRegion region(CopyEngine genuine, AddressSpace space, long offset, long lengthBytes, Access access) {
        return genuine.region(space, offset, lengthBytes, access);
    }

    default void copy(
            SurfaceEngine engine,
            MemoryRegion source,
            long sourceOffset,
            MemoryRegion destination,
            long destinationOffset,
            long lengthBytes) {
        Copy copy = Copy.of(engine, source, sourceOffset, destination, destinationOffset, lengthBytes);
        try {
            copy(copy);
        } finally {
            copy.forget();
        }
    }

    /** The same; for defects that want one thing instead of six. */
    default void copy(Copy it) {
        it.run();
    }

    default CompletableFuture<Void> copyAsync(
            CopyEngine genuine,
            MemoryRegion source,
            long sourceOffset,
            MemoryRegion destination,
            long destinationOffset,
            long lengthBytes) {
        return genuine.copyAsync(source, sourceOffset, destination, destinationOffset, lengthBytes);
    }

    default CopyChannel openChannel(SurfaceEngine engine, ChannelOptions options) {
        return new SurfaceChannel(engine.genuine().openChannel(options));
    }

    // Region

    default CopyEngine engineOf(SurfaceRegion region) {
        return region.genuineEngine();
    }

    default Access access(SurfaceRegion region) {
        return region.genuine().access();
    }

    default RegionToken token(SurfaceRegion region) {
        return region.genuine().token();
    }

    default MemoryRegion slice(MemoryRegion genuine, long offset, long lengthBytes) {
        return genuine.slice(offset, lengthBytes);
    }

    default ByteBuffer map(SurfaceRegion region, long offset, long lengthBytes) {
        return region.genuine().map(offset, lengthBytes);
    }

    default void flush(MemoryRegion genuine, long offset, long lengthBytes) {
        genuine.flush(offset, lengthBytes);
    }

    default boolean isOpen(SurfaceRegion region) {
        return region.genuine().isOpen();
    }

    default void close(SurfaceRegion region) {
        region.genuine().close();
    }
}
