package org.dray.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@link OnlyUse} with a word that is read and written in two steps. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = ACCEPTABLE,
        desc = "one of them has it")
@Outcome(expect = FORBIDDEN, desc = "both have it, or none")
@State
public class BrokenUse {
    private volatile boolean consumed;

    /** One. */
    @Actor
    public void useFirst(ZZ_Result result) {
        result.r1 = consume();
    }

    /** The other. */
    @Actor
    public void useSecond(ZZ_Result result) {
        result.r2 = consume();
    }

    private boolean consume() {
        boolean unused = !consumed;
        Thread.yield();
        consumed = true;
        return unused;
    }
}
