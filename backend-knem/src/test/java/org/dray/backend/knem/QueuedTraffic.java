package org.dray.backend.knem;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.Route;

/** Keeps several copies of a channel under way, in both directions, until one fails. */
final class QueuedTraffic implements AutoCloseable {
    private static final int DEPTH = 8;
    private static final int SLOT_BYTES = Owned.BYTES / 2 / DEPTH;
    private static final long AWAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Traffic traffic;
    private final Traffic.Worker worker;
    private final MemoryRegion far;
    private final MemoryRegion target;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DEPTH * SLOT_BYTES);
    private final MemoryRegion near;
    private final CopyChannel channel;
    private final int[] patternOffsets = new int[DEPTH];
    private final int[] lengths = new int[DEPTH];
    private final boolean[] writes = new boolean[DEPTH];
    private int underWay;

    QueuedTraffic(Traffic traffic, Traffic.Worker worker, Dray dray, MemoryRegion far, MemoryRegion target) {
        this.traffic = traffic;
        this.worker = worker;
        this.far = far;
        this.target = target;
        this.near = dray.wrap(buffer);
        this.channel = far.engine().openChannel(new ChannelOptions(DEPTH, worker.random.nextBoolean()));
    }

    void run() throws InterruptedException {
        for (int slot = 0; slot < DEPTH; slot++) {
            submit(slot);
        }
        while (underWay > 0) {
            channel.await(AWAIT_NANOS);
            channel.poll(this::ended, DEPTH);
        }
    }

    /** Every other one writes to the second half of the memory. */
    private void submit(int slot) {
        writes[slot] = worker.random.nextBoolean();
        lengths[slot] = 1 + worker.random.nextInt(SLOT_BYTES);
        patternOffsets[slot] = worker.random.nextInt(Owned.BYTES - lengths[slot] + 1);
        int at = slot * SLOT_BYTES;
        long sequence = writes[slot]
                ? channel.submit(near, at, target, Owned.BYTES / 2 + at, lengths[slot], slot, 0)
                : channel.submit(far, patternOffsets[slot], near, at, lengths[slot], slot, 0);
        if (sequence < 0) {
            throw new AssertionError("submit answered " + sequence + " with " + underWay + " under way");
        }
        underWay++;
    }

    private void ended(long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route) {
        int slot = (int) tag;
        underWay--;
        if (status != CopyStatus.OK) {
            worker.ends.add(status);
            return;
        }
        if (bytesDone != lengths[slot]) {
            throw new AssertionError(bytesDone + " bytes of " + lengths[slot] + " are no success");
        }
        if (!writes[slot]) {
            traffic.requirePattern(buffer, slot * SLOT_BYTES, patternOffsets[slot], lengths[slot]);
        }
        worker.hasCopied();
        if (worker.ends.isEmpty()) {
            submit(slot);
        }
    }

    @Override
    public void close() {
        try (near) {
            channel.close();
        }
    }
}
