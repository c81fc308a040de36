package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;

/** A region that knows for what it may be used. Extents of two can be compared if their coordinates are equal. */
final class GuardedRegion implements DriverRegion {
    private final GuardedDriver driver;
    private final DriverRegion genuine;
    private final Kind kind;
    private final int segmentCount;
    private final Access access;
    private final Object coordinates;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuardedRegion(
            GuardedDriver driver,
            DriverRegion genuine,
            Kind kind,
            int segmentCount,
            Access access,
            Object coordinates) {
        this.driver = driver;
        this.genuine = genuine;
        this.kind = kind;
        this.segmentCount = segmentCount;
        this.access = access;
        this.coordinates = coordinates;
    }

    static GuardedRegion of(DriverRegion region) {
        if (region instanceof GuardedRegion guarded) {
            return guarded;
        }
        throw new AssertionError("the core handed over a region of another driver: " + region);
    }

    DriverRegion genuine() {
        return genuine;
    }

    Kind kind() {
        return kind;
    }

    Access access() {
        return access;
    }

    boolean allows(long offsetBytes, long lengthBytes, int maxSegments) {
        return !closed.get()
                && segmentCount <= maxSegments
                && offsetBytes >= 0
                && lengthBytes <= genuine.extents().byteSize() - offsetBytes;
    }

    /** Looks at single ranges only: whether scattered ones overlap takes a search that the core makes. */
    boolean overlaps(long offsetBytes, GuardedRegion other, long otherOffsetBytes, long lengthBytes) {
        Extents own = genuine.extents();
        Extents others = other.genuine.extents();
        if (!coordinates.equals(other.coordinates) || own.count() > 1 || others.count() > 1) {
            return false;
        }
        long distance = own.base(0) + offsetBytes - others.base(0) - otherOffsetBytes;
        return Math.abs(distance) < lengthBytes;
    }

    String text(long offsetBytes) {
        return "offset " + offsetBytes + " of " + (closed.get() ? "a closed " : "a ") + kind + " region of "
                + genuine.extents().byteSize() + " bytes in " + segmentCount + " segments for " + access;
    }

    @Override
    public Extents extents() {
        return genuine.extents();
    }

    @Override
    public boolean isSpentByCopy() {
        return genuine.isSpentByCopy();
    }

    @Override
    public ByteBuffer map(long offsetBytes, int lengthBytes) throws BackendException {
        driver.require(
                driver.has(Capability.MAP) && allows(offsetBytes, lengthBytes, segmentCount),
                () -> "mapping " + lengthBytes + " bytes at " + text(offsetBytes));
        return genuine.map(offsetBytes, lengthBytes);
    }

    @Override
    public void flush(long offsetBytes, long lengthBytes) throws BackendException {
        driver.require(
                kind == Kind.PERSISTENT && lengthBytes > 0 && allows(offsetBytes, lengthBytes, segmentCount),
                () -> "flushing " + lengthBytes + " bytes at " + text(offsetBytes));
        genuine.flush(offsetBytes, lengthBytes);
    }

    @Override
    public void close() {
        driver.require(closed.compareAndSet(false, true), () -> "a second close of " + text(0));
        genuine.close();
        driver.forget();
    }
}
