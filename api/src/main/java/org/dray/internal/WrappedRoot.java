package org.dray.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.jspecify.annotations.Nullable;

/** Own memory as the near side of copies by any engine of one Dray. */
final class WrappedRoot extends Root {
    final LocalMemory memory;

    private final AtomicReferenceArray<@Nullable DriverRegion> byEngine;

    WrappedRoot(DrayCore dray, LocalMemory memory) {
        super(
                dray,
                null,
                AddressSpace.Kind.LOCAL,
                AddressSpace.Kind.LOCAL,
                memory.isReadOnly() ? Access.READ : Access.READ_WRITE,
                memory.byteSize(),
                memory.segmentCount());
        this.memory = memory;
        this.byEngine = new AtomicReferenceArray<>(dray.engineCount());
    }

    @Override
    DriverRegion driverRegion(EngineCore user) {
        DriverRegion region = byEngine.getAcquire(user.index());
        return region != null ? region : resolve(user);
    }

    @Override
    void requireFitFor(EngineCore user) {
        user.requireShape(memory);
    }

    /** Not under the lock of this region: a close holds that one while it waits for the copy that is here. */
    private DriverRegion resolve(EngineCore user) {
        synchronized (byEngine) {
            DriverRegion region = byEngine.get(user.index());
            if (region == null) {
                region = user.wrap(memory);
                byEngine.setRelease(user.index(), region);
            }
            return region;
        }
    }

    @Override
    void release() {
        Attempts attempts = new Attempts();
        for (int i = 0; i < byEngine.length(); i++) {
            DriverRegion region = byEngine.getAndSet(i, null);
            if (region != null) {
                attempts.run(region::close);
            }
        }
        attempts.run(() -> dray.forget(this));
        attempts.finish();
    }
}
