package org.dray.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.RegionToken;

/** Rules about several processes, and several threads, that meet for the first time or both ways. */
abstract class PeerConcurrencyRules extends RuleGroup {
    static final int BOTH_WAYS_BYTES = 1 << 20;
    static final int FIRST_BYTES = 40_960;

    private static final int THREADS = 8;

    @Verifies(Rule.CONC_02)
    final void conc02_copiesInBothDirectionsAreExact() {
        if (info().route(Kind.PEER, Kind.LOCAL).isPresent()) {
            readEachOther(whole(BOTH_WAYS_BYTES));
        }
        if (info().route(Kind.LOCAL, Kind.PEER).isPresent()) {
            writeEachOther(whole(BOTH_WAYS_BYTES));
        }
    }

    private void readEachOther(int lengthBytes) {
        FarPlace theirs = places().far(1, Access.READ, lengthBytes);
        LocalPlace ours = places().local(2, Access.READ, lengthBytes);
        peer().attach("reading", ours.region().token());
        peer().memory("read", 3, lengthBytes);
        peer().wrap("read");
        peer().startLoop("reading", "read", lengthBytes);
        LocalPlace near = places().wrapped(4, lengthBytes);
        for (int round = 0; round < effort().rounds(60, 10); round++) {
            near.fill(4, 0, lengthBytes);
            engine().copy(theirs.region(), 0, near.region(), 0, lengthBytes);
            near.expectAll(1, "what was read while the other process read from here");
        }
        Expect.same(Race.OK, peer().stopLoop(), "how the other process's reads ended");
        String difference = peer().difference("read", 2, 0, 0, lengthBytes);
        Expect.that(difference.isEmpty(), "what the other process read: " + difference);
    }

    private void writeEachOther(int lengthBytes) {
        FarPlace theirs = places().far(1, Access.WRITE, lengthBytes);
        LocalPlace ours = places().local(2, Access.WRITE, lengthBytes);
        peer().attach("writing", ours.region().token());
        peer().memory("written", 3, lengthBytes);
        peer().wrap("written");
        peer().startLoop("written", "writing", lengthBytes);
        LocalPlace near = places().wrapped(4, lengthBytes);
        for (int round = 0; round < effort().rounds(60, 10); round++) {
            engine().copy(near.region(), 0, theirs.region(), 0, lengthBytes);
        }
        Expect.same(Race.OK, peer().stopLoop(), "how the other process's writes ended");
        theirs.expectAll(4, "what was written while the other process wrote to here");
        ours.expectAll(3, "what the other process wrote");
    }

    @Verifies(Rule.CONC_07)
    final void conc07_threadsThatMeetAProcessFirstAllReachIt() {
        int lengthBytes = whole(FIRST_BYTES);
        List<RegionToken> tokens = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tokens.add(peer().share("first" + i, i, lengthBytes, Access.READ_WRITE));
        }
        boolean reads = info().route(Kind.PEER, Kind.LOCAL).isPresent();
        for (int round = 0; round < effort().rounds(20, 5); round++) {
            Dray fresh = scene().load(scene().options());
            CopyEngine engine = fresh.engine(kit().backendId());
            Set<String> wrong = ConcurrentHashMap.newKeySet();
            List<Runnable> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int index = i;
                threads.add(() -> {
                    MemoryRegion far = engine.attach(tokens.get(index));
                    if (reads) {
                        wrong.add(difference(fresh, far, index));
                    }
                });
            }
            Expect.outcomes(Race.of(threads), Race.OK);
            wrong.remove("");
            Expect.same(Set.of(), wrong, "what was read from regions that were attached at once");
            fresh.close();
        }
    }

    private static String difference(Dray dray, MemoryRegion far, int seed) {
        int lengthBytes = (int) far.byteSize();
        ByteBuffer near = ByteBuffer.allocateDirect(lengthBytes);
        try (MemoryRegion to = dray.wrap(near)) {
            far.engine().copy(far, 0, to, 0, lengthBytes);
        }
        byte[] bytes = new byte[lengthBytes];
        near.get(0, bytes);
        return Pattern.difference(Pattern.bytes(seed, 0, lengthBytes), bytes, 0);
    }
}
