package org.dray.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** {@link CompletionShowsBytes} with a completion that comes before the last bytes. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "no completion yet")
@Outcome(id = "7", expect = ACCEPTABLE, desc = "a completion, and the bytes")
@Outcome(expect = FORBIDDEN, desc = "a completion before its bytes")
@State
public class BrokenCompletion {
    private final ByteBuffer cell = Machine.cell();
    private volatile boolean complete;

    /** Asks for completions. */
    @Actor
    public void poll(J_Result result) {
        result.r1 = complete ? cell.getLong(0) : -1;
    }

    /** Does the copy. */
    @Actor
    public void run() {
        complete = true;
        Thread.yield();
        cell.putLong(0, Machine.DATA);
    }
}
