package org.dray.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;

/** Copies from a peer's region to an own one, as a program would make them. */
final class DrayCopies implements Variant {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final CopyEngine engine;
    private final MemoryRegion far;
    private final MemoryRegion near;
    private long leastHeapBytes = Long.MAX_VALUE;

    DrayCopies(CopyEngine engine, MemoryRegion far, MemoryRegion near) {
        this.engine = engine;
        this.far = far;
        this.near = near;
    }

    @Override
    public double nanosPerCopy(int lengthBytes, long copies) {
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (long i = 0; i < copies; i++) {
            engine.copy(far, 0, near, 0, lengthBytes);
        }
        double nanos = (double) (System.nanoTime() - start) / copies;
        leastHeapBytes = Math.min(leastHeapBytes, THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore);
        return nanos;
    }

    /** The least that one turn has left on the heap since the last call of this; the JVM adds a little now and then. */
    long takeLeastHeapBytes() {
        long bytes = leastHeapBytes;
        leastHeapBytes = Long.MAX_VALUE;
        return bytes;
    }
}
