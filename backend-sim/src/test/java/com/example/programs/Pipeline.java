package com.example.programs;

import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** What a user who overlaps copies with computation writes: keep the queue full, work while it drains. */
final class Pipeline {
    private static final int DEPTH = 16;

    private Pipeline() {}

    /** Copies in blocks and computes in between; returns how many blocks failed. */
    static int run(CopyEngine engine, MemoryRegion far, MemoryRegion near, long blockBytes, Runnable compute)
            throws InterruptedException {
        int[] failed = {0};
        long blocks = far.byteSize() / blockBytes;
        try (CopyChannel channel = engine.openChannel(new ChannelOptions(DEPTH, false))) {
            long submitted = 0;
            long finished = 0;
            while (finished < blocks) {
                while (submitted < blocks) {
                    long offset = submitted * blockBytes;
                    if (channel.submit(far, offset, near, offset, blockBytes, submitted, 0) < 0) {
                        break;
                    }
                    submitted++;
                }
                compute.run();
                if (channel.await(1_000_000)) {
                    finished += channel.poll(
                            (sequence, tag, status, bytesDone, errno, route) ->
                                    failed[0] += status == CopyStatus.OK ? 0 : 1,
                            DEPTH);
                }
            }
        }
        return failed[0];
    }
}
