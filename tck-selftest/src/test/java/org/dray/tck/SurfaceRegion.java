package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.jspecify.annotations.Nullable;

/** A region with a mutant's defect. Knows the token that it was attached with, and whether it was closed itself. */
record SurfaceRegion(
        MemoryRegion genuine,
        SurfaceDray dray,
        Mutant mutant,
        @Nullable RegionToken attachedWith,
        AtomicBoolean closedItself)
        implements MemoryRegion {

    SurfaceRegion(MemoryRegion genuine, SurfaceDray dray, Mutant mutant) {
        this(genuine, dray, mutant, null);
    }

    SurfaceRegion(MemoryRegion genuine, SurfaceDray dray, Mutant mutant, @Nullable RegionToken attachedWith) {
        this(genuine, dray, mutant, attachedWith, new AtomicBoolean());
    }

    CopyEngine genuineEngine() {
        return dray.wrapped(genuine.engine());
    }

    @Override
    public CopyEngine engine() {
        return mutant.engineOf(this);
    }

    @Override
    public AddressSpace.Kind kind() {
        return genuine.kind();
    }

    @Override
    public Access access() {
        return mutant.access(this);
    }

    @Override
    public long byteSize() {
        return genuine.byteSize();
    }

    @Override
    public int segmentCount() {
        return genuine.segmentCount();
    }

    @Override
    public RegionToken token() {
        return mutant.token(this);
    }

    @Override
    public MemoryRegion slice(long offsetBytes, long lengthBytes) {
        return dray.wrapped(mutant.slice(genuine, offsetBytes, lengthBytes));
    }

    @Override
    public ByteBuffer map(long offsetBytes, long lengthBytes) {
        return mutant.map(this, offsetBytes, lengthBytes);
    }

    @Override
    public void flush(long offsetBytes, long lengthBytes) {
        mutant.flush(genuine, offsetBytes, lengthBytes);
    }

    @Override
    public boolean isConsumed() {
        return genuine.isConsumed();
    }

    @Override
    public boolean isOpen() {
        return mutant.isOpen(this);
    }

    @Override
    public void close() {
        closedItself.set(true);
        mutant.close(this);
    }

    @Override
    public String toString() {
        return genuine.toString();
    }
}
