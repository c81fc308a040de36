package org.dray.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.dray.internal.directory.PeerSlot;
import org.dray.internal.directory.Publication;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** Two peers want the only use of a region. */
@JCStressTest
@Outcome(
        id = {"true, false, true", "false, true, true"},
        expect = ACCEPTABLE,
        desc = "one of them has it")
@Outcome(expect = FORBIDDEN, desc = "both have it, or none")
@State
public class OnlyUse {
    private final Publication publication = Directory.publish(true);
    private final PeerSlot first = Directory.seenByPeer(publication);
    private final PeerSlot second = Directory.seenByPeer(publication);

    /** One. */
    @Actor
    public void useFirst(ZZZ_Result result) {
        result.r1 = first.consume();
    }

    /** The other. */
    @Actor
    public void useSecond(ZZZ_Result result) {
        result.r2 = second.consume();
    }

    /** What everybody sees. */
    @Arbiter
    public void look(ZZZ_Result result) {
        result.r3 = first.isConsumed();
        Directory.hide(publication);
        Directory.retire(publication);
    }
}
