package org.dray.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.dray.internal.directory.PeerSlot;
import org.dray.internal.directory.Publication;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@link RetireUnderClaim} with a peer that looks first and claims then. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "closed, then refused")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "claimed, used, then retired")
@Outcome(expect = FORBIDDEN, desc = "used after it was retired")
@State
public class BrokenClaim {
    private static final int LOOKS = 50;

    private final Publication publication = Directory.publish(false);
    private final PeerSlot slot = Directory.seenByPeer(publication);
    private volatile boolean retired;

    /** The peer's copy. */
    @Actor
    public void copy(I_Result result) {
        if (slot.isPublished()) {
            Thread.yield();
            slot.claim(0, 0);
            result.r1 = 1;
            for (int i = 0; i < LOOKS; i++) {
                if (retired) {
                    result.r1 = 2;
                }
            }
            slot.unclaim(0, 0);
        }
    }

    /** The owner's close. */
    @Actor
    public void close() {
        Directory.hide(publication);
        Directory.retire(publication);
        retired = true;
    }
}
