package org.dray.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.dray.MemoryRegion;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A region is closed under a copy, and its memory is used for something else at once. */
@JCStressTest
@Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "copied, then closed")
@Outcome(id = "0, 42", expect = ACCEPTABLE, desc = "closed, then refused")
@Outcome(expect = FORBIDDEN, desc = "the copy wrote into memory that was not the region's any more")
@State
public class CloseUnderCopy {
    private final ByteBuffer cell = Machine.cell();
    private final MemoryRegion region = Machine.wrap(cell);

    /** Copies into the region. */
    @Actor
    public void copy(JJ_Result result) {
        try {
            Machine.copy(region);
            result.r1 = 1;
        } catch (IllegalStateException closed) {
            result.r1 = 0;
        }
    }

    /** Closes the region. */
    @Actor
    public void close() {
        region.close();
        cell.putLong(0, 42);
    }

    /** Looks at the memory. */
    @Arbiter
    public void look(JJ_Result result) {
        result.r2 = cell.getLong(0);
    }
}
