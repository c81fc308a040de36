package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dray.Access;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.Exported;
import org.dray.InvalidationNotifier;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionOption;
import org.dray.Selection;
import org.dray.Tokens;

/** Dray with a mutant's defect. */
record SurfaceDray(Dray genuine, Mutant mutant, Map<CopyEngine, CopyEngine> wrappers) implements Dray {

    SurfaceDray(Dray genuine, Mutant mutant) {
        this(genuine, mutant, new ConcurrentHashMap<>());
        genuine.engines().forEach(this::wrapped);
    }

    CopyEngine wrapped(CopyEngine engine) {
        return wrappers.computeIfAbsent(engine, it -> new SurfaceEngine(it, this, mutant));
    }

    SurfaceRegion wrapped(MemoryRegion region) {
        return new SurfaceRegion(region, this, mutant);
    }

    static MemoryRegion unwrapped(MemoryRegion region) {
        return region instanceof SurfaceRegion surface ? surface.genuine() : region;
    }

    @Override
    public List<BackendReport> reports() {
        return mutant.reports(genuine);
    }

    @Override
    public Selection selection() {
        return mutant.selection(genuine);
    }

    @Override
    public List<CopyEngine> engines() {
        return mutant.engines(genuine, List.copyOf(wrappers.values()));
    }

    @Override
    public CopyEngine engine(String backendId) {
        return mutant.engine(this, backendId);
    }

    @Override
    public List<InvalidationNotifier> notifiers() {
        return genuine.notifiers();
    }

    @Override
    public Exported export(ByteBuffer memory, Access access, RegionOption... options) {
        return new SurfaceExported(genuine.export(memory, access, options), this, mutant);
    }

    @Override
    public Exported export(MemoryRegion memory, Access access, RegionOption... options) {
        return new SurfaceExported(genuine.export(unwrapped(memory), access, options), this, mutant);
    }

    @Override
    public MemoryRegion attach(Tokens tokens) {
        return wrapped(genuine.attach(tokens));
    }

    @Override
    public MemoryRegion attach(Tokens tokens, Access needed) {
        return wrapped(mutant.attach(genuine, tokens, needed));
    }

    @Override
    public Selection explain(Tokens tokens, Access needed) {
        return mutant.explain(genuine, tokens, needed);
    }

    @Override
    public MemoryRegion wrap(ByteBuffer memory) {
        return wrapped(mutant.wrap(genuine, List.of(memory)));
    }

    @Override
    public MemoryRegion wrap(List<ByteBuffer> segments) {
        return wrapped(mutant.wrap(genuine, segments));
    }

    @Override
    public MemoryRegion wrapAddress(long address, long lengthBytes, Object keepAlive) {
        return wrapped(mutant.wrapAddress(genuine, address, lengthBytes, keepAlive));
    }

    @Override
    public PeerId self() {
        return mutant.self(genuine);
    }

    @Override
    public void admit(PeerId peer) {
        genuine.admit(peer);
    }

    @Override
    public void close() {
        mutant.closeDray(this);
    }

    @Override
    public String toString() {
        return genuine.toString();
    }
}
