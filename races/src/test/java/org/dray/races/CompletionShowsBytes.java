package org.dray.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.dray.CopyChannel;
import org.dray.MemoryRegion;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JI_Result;

/** A thread polls while another does the copy. */
@JCStressTest
@Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "no completion yet, and one later")
@Outcome(id = "7, 1", expect = ACCEPTABLE, desc = "a completion, and the bytes")
@Outcome(expect = FORBIDDEN, desc = "a completion before its bytes, or not exactly one")
@State
public class CompletionShowsBytes {
    private final ByteBuffer cell = Machine.cell();
    private final MemoryRegion region = Machine.wrap(cell);
    private final CopyChannel channel = Machine.channel();
    private final Runnable task = Machine.submit(channel, region);
    private int completions;

    /** Asks for completions. */
    @Actor
    public void poll(JI_Result result) {
        completions = poll();
        result.r1 = completions == 0 ? -1 : cell.getLong(0);
    }

    /** Does the copy. */
    @Actor
    public void run() {
        task.run();
    }

    /** Counts all completions. */
    @Arbiter
    public void count(JI_Result result) {
        result.r2 = completions + poll();
        channel.close();
        region.close();
    }

    private int poll() {
        return channel.poll((sequence, tag, status, bytesDone, errno, route) -> {}, 2);
    }
}
