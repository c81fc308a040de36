package org.dray.toy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.dray.spi.BackendException;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.jspecify.annotations.Nullable;

/** Buffers, or the name of buffers that another driver of the same toy has published. */
public final class ToyRegion implements DriverRegion {
    private final ToyDriver driver;
    private final List<ByteBuffer> buffers;
    private final Extents extents;
    private final ToyBackend.@Nullable Key far;
    private volatile ToyBackend.@Nullable Key near;
    private final boolean spentByCopy;
    private volatile boolean closed;

    ToyRegion(ToyDriver driver, List<ByteBuffer> buffers, Extents extents, ToyBackend.@Nullable Key far) {
        this(driver, buffers, extents, far, false);
    }

    ToyRegion(
            ToyDriver driver,
            List<ByteBuffer> buffers,
            Extents extents,
            ToyBackend.@Nullable Key far,
            boolean spentByCopy) {
        this.spentByCopy = spentByCopy;
        this.driver = driver;
        this.buffers = buffers;
        this.extents = extents;
        this.far = far;
        driver.backend().openRegions.incrementAndGet();
        driver.openRegions.incrementAndGet();
    }

    static Extents extents(List<ByteBuffer> buffers) {
        return Extents.of(
                buffers.stream().mapToLong(ToyAddress::of).toArray(),
                buffers.stream().mapToLong(ByteBuffer::limit).toArray());
    }

    boolean isFar() {
        return far != null;
    }

    boolean isClosed() {
        return closed;
    }

    void publishedAs(ToyBackend.Key key) {
        near = key;
        driver.backend().published.put(key, this);
    }

    /** The buffers behind this region now; for a published one that is gone, none. */
    private @Nullable ToyRegion target() {
        return far == null ? this : driver.backend().published.get(far);
    }

    /** Says so if bytes are moved where no core may let them be moved. */
    void check(String when) {
        ToyRegion target = target();
        if (closed || target == null || target.closed) {
            driver.backend().violations.add("a copy used a closed region " + when);
        }
    }

    static void move(ToyRegion source, long from, ToyRegion destination, long to, long lengthBytes) {
        ToyRegion s = source.target();
        ToyRegion d = destination.target();
        if (s == null || d == null) {
            return;
        }
        for (long done = 0; done < lengthBytes; ) {
            int si = s.indexOf(from + done);
            int di = d.indexOf(to + done);
            int so = (int) (from + done - s.startOf(si));
            int at = (int) (to + done - d.startOf(di));
            ByteBuffer sb = s.buffers.get(si);
            ByteBuffer db = d.buffers.get(di);
            int step = (int) Math.min(lengthBytes - done, Math.min(sb.limit() - so, db.limit() - at));
            db.put(at, sb, so, step);
            done += step;
        }
    }

    private int indexOf(long offset) {
        int i = 0;
        for (long end = buffers.get(0).limit();
                end <= offset;
                end += buffers.get(i).limit()) {
            i++;
        }
        return i;
    }

    private long startOf(int index) {
        long start = 0;
        for (int i = 0; i < index; i++) {
            start += buffers.get(i).limit();
        }
        return start;
    }

    @Override
    public Extents extents() {
        return extents;
    }

    @Override
    public boolean isSpentByCopy() {
        return spentByCopy;
    }

    @Override
    public ByteBuffer map(long offsetBytes, int lengthBytes) throws BackendException {
        driver.backend().enter(ToyBackend.Call.MAP);
        check("to map it");
        ToyRegion target = target();
        if (target == null || target.buffers.size() != 1) {
            throw new UnsupportedOperationException("a toy maps regions of one segment");
        }
        return target.buffers.get(0).slice((int) offsetBytes, lengthBytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void flush(long offsetBytes, long lengthBytes) throws BackendException {
        driver.backend().enter(ToyBackend.Call.FLUSH);
        check("to flush it");
    }

    @Override
    public void close() {
        ToyBackend backend = driver.backend();
        if (closed) {
            backend.violations.add("a driver region was closed twice");
            return;
        }
        closed = true;
        ToyBackend.Key key = near;
        if (key != null) {
            backend.published.remove(key);
        }
        if (driver.isClosed()) {
            backend.violations.add("a region was closed after its driver");
        }
        backend.openRegions.decrementAndGet();
        driver.openRegions.decrementAndGet();
        backend.enterUnchecked(ToyBackend.Call.CLOSE_REGION);
    }
}
