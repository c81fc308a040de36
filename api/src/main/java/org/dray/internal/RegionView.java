package org.dray.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.spi.BackendException;
import org.jspecify.annotations.Nullable;

/** A region, or a slice of one. */
final class RegionView implements MemoryRegion {
    final Root root;
    final long baseBytes;
    final long byteSize;
    private final boolean isSlice;

    RegionView(Root root) {
        this(root, 0, root.byteSize, false);
    }

    private RegionView(Root root, long baseBytes, long byteSize, boolean isSlice) {
        this.root = root;
        this.baseBytes = baseBytes;
        this.byteSize = byteSize;
        this.isSlice = isSlice;
    }

    boolean isSlice() {
        return isSlice;
    }

    boolean contains(long offsetBytes, long lengthBytes) {
        return (offsetBytes | lengthBytes) >= 0 && lengthBytes <= byteSize - offsetBytes;
    }

    void checkRange(String role, long offsetBytes, long lengthBytes) {
        if (!contains(offsetBytes, lengthBytes)) {
            throw new IndexOutOfBoundsException("range of " + lengthBytes + " bytes at offset " + offsetBytes
                    + " leaves the " + role + " region of " + byteSize + " bytes");
        }
    }

    @Override
    public CopyEngine engine() {
        CopyEngine engine = root.engine;
        if (engine == null) {
            throw new UnsupportedOperationException(
                    "wrapped memory belongs to no engine: use the engine of the other region");
        }
        return engine;
    }

    @Override
    public AddressSpace.Kind kind() {
        return root.kind;
    }

    @Override
    public Access access() {
        return root.access;
    }

    @Override
    public long byteSize() {
        return byteSize;
    }

    @Override
    public int segmentCount() {
        return root.segmentCount;
    }

    @Override
    public RegionToken token() {
        root.requireOpen();
        OwnedRoot.@Nullable Shared shared = shared();
        if (shared == null || isSlice) {
            throw new UnsupportedOperationException(
                    isSlice
                            ? "a slice has no token: hand over the region's, and the offset"
                            : "a " + root.kind + " region that was not registered by an engine with " + Capability.SHARE
                                    + " has no token");
        }
        return shared.token();
    }

    private OwnedRoot.@Nullable Shared shared() {
        return root instanceof OwnedRoot owned ? owned.shared() : null;
    }

    @Override
    public MemoryRegion slice(long offsetBytes, long lengthBytes) {
        root.requireOpen();
        if (lengthBytes < 1) {
            throw new IndexOutOfBoundsException("a slice of " + lengthBytes + " bytes; at least 1");
        }
        checkRange("sliced", offsetBytes, lengthBytes);
        return new RegionView(root, baseBytes + offsetBytes, lengthBytes, true);
    }

    @Override
    public ByteBuffer map(long offsetBytes, long lengthBytes) {
        EngineCore engine = requireEngine("map");
        if (!engine.info().has(Capability.MAP)) {
            throw new UnsupportedOperationException("engine " + engine.id() + " does not declare " + Capability.MAP);
        }
        root.requireOpen();
        if (lengthBytes < 1 || lengthBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a buffer has 1 to " + Integer.MAX_VALUE + " bytes, not " + lengthBytes + ": map a part");
        }
        checkRange("mapped", offsetBytes, lengthBytes);
        ByteBuffer mapped = engine.using(root, region -> region.map(baseBytes + offsetBytes, (int) lengthBytes));
        boolean readOnly = root instanceof PeerRoot && !root.access.isWritable();
        return (readOnly ? mapped.asReadOnlyBuffer() : mapped).order(ByteOrder.nativeOrder());
    }

    @Override
    public void flush(long offsetBytes, long lengthBytes) {
        EngineCore engine = requireEngine("flush");
        if (root.kind != AddressSpace.Kind.PERSISTENT) {
            throw new UnsupportedOperationException("a " + root.kind + " region is not persistent: nothing to flush");
        }
        root.requireOpen();
        checkRange("flushed", offsetBytes, lengthBytes);
        if (lengthBytes > 0) {
            engine.using(root, region -> {
                region.flush(baseBytes + offsetBytes, lengthBytes);
                return region;
            });
        }
    }

    private EngineCore requireEngine(String what) {
        EngineCore engine = root.engine;
        if (engine == null) {
            throw new UnsupportedOperationException("wrapped memory belongs to no engine: there is nothing to " + what);
        }
        return engine;
    }

    @Override
    public boolean isConsumed() {
        if (root instanceof PeerRoot peer) {
            return peer.isConsumed();
        }
        OwnedRoot.@Nullable Shared shared = shared();
        return shared != null
                && shared.token().singleUse()
                && shared.directory().isConsumed(shared.publication());
    }

    @Override
    public boolean isOpen() {
        return !root.isClosed();
    }

    @Override
    public void close() {
        if (!isSlice) {
            root.close();
        }
    }

    /** For example {@code LOCAL region of 4096 bytes, READ, cma}. */
    @Override
    public String toString() {
        EngineCore engine = root.engine;
        return root.kind + (isSlice ? " slice of " : " region of ") + byteSize + " bytes, " + root.access + ", "
                + (engine == null ? "wrapped" : engine.id()) + (root.isClosed() ? ", closed" : "");
    }

    /** Something that a driver does with a region. */
    @FunctionalInterface
    interface Use<T> {
        T apply(org.dray.spi.DriverRegion region) throws BackendException;
    }
}
