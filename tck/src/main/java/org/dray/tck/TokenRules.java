package org.dray.tck;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionToken;
import org.dray.Selection;
import org.dray.Tokens;

/** Rules about what a token reaches, and what it does not. */
abstract class TokenRules extends RuleGroup {
    private static final Set<CopyStatus> ENDED = EnumSet.of(CopyStatus.PEER_GONE, CopyStatus.PEER_REPLACED);

    @Verifies(Rule.TOK_05)
    final void tok05_tokenOfAnotherBootIsForeign() {
        RegionToken token = peer().share("far", 1, page(), Access.READ);
        PeerId owner = token.owner();
        RegionToken other = ownedBy(
                token,
                new PeerId(
                        owner.bootIdHigh(),
                        owner.bootIdLow() ^ 1,
                        owner.pid(),
                        owner.uid(),
                        owner.startTime(),
                        owner.pidNamespace(),
                        owner.userNamespace(),
                        owner.instance()));
        Expect.mentions(requireForeign(other, "a token of another boot"), "boot id");
    }

    @Verifies(Rule.TOK_06)
    final void tok06_tokenOfAnotherPidNamespaceIsForeign() {
        RegionToken token = peer().share("far", 1, page(), Access.READ);
        PeerId owner = token.owner();
        RegionToken other = ownedBy(
                token,
                new PeerId(
                        owner.bootIdHigh(),
                        owner.bootIdLow(),
                        owner.pid(),
                        owner.uid(),
                        owner.startTime(),
                        owner.pidNamespace() + 1,
                        owner.userNamespace(),
                        owner.instance()));
        Expect.mentions(requireForeign(other, "a token of another pid namespace"), "namespace");
    }

    @Verifies(Rule.TOK_07)
    final void tok07_tokenOfAnotherBackendIsForeign() {
        RegionToken token = peer().share("far", 1, page(), Access.READ);
        RegionToken other = new RegionToken(
                token.owner(),
                token.slot(),
                token.generation(),
                token.lengthBytes(),
                token.access(),
                token.singleUse(),
                "tck-nobody");
        Expect.mentions(requireForeign(other, "a token of another backend"), "tck-nobody", kit().backendId());
    }

    private String requireForeign(RegionToken token, String what) {
        return String.valueOf(Expect.fails(CopyStatus.TOKEN_FOREIGN, what, () -> attach(token))
                .getMessage());
    }

    @Verifies(Rule.TOK_08)
    final void tok08_tokenIsStaleOnceItsRegionIsClosed() {
        ByteBuffer secret = ByteBuffer.allocateDirect(page()).put(0, Pattern.bytes(9, 0, page()));
        ByteBuffer buffer = ByteBuffer.allocateDirect(page()).put(0, Pattern.bytes(1, 0, page()));
        peer().memory("near", 2, page());
        peer().wrap("near");
        for (int round = 0; round < effort().rounds(200, 5); round++) {
            MemoryRegion first = engine().register(buffer, Access.READ_WRITE);
            RegionToken stale = first.token();
            peer().attach("stale", stale);
            copyThere("stale", "near");
            first.close();
            Expect.fails(CopyStatus.TOKEN_STALE, "copying after the owner closed", () -> copyThere("stale", "near"));
            Expect.fails(
                    CopyStatus.TOKEN_STALE, "attaching after the owner closed", () -> peer().attach("late", stale));
            try (MemoryRegion next = engine().register(secret, Access.READ_WRITE)) {
                peer().attach("next", next.token());
                copyThere("next", "near");
                peer().fill("near", 2, 0, page());
                secret.put(0, Pattern.bytes(9, 0, page()));
                Expect.fails(
                        CopyStatus.TOKEN_STALE,
                        "copying after another region took the place",
                        () -> copyThere("stale", "near"));
                Expect.fails(
                        CopyStatus.TOKEN_STALE,
                        "attaching after another region took the place",
                        () -> peer().attach("late", stale));
                peer().close("next");
            }
            Expect.same("", peer().difference("near", 2, 0, 0, page()), "what a stale token changed");
            Expect.bytes(Pattern.bytes(9, 0, page()), bytes(secret), 0, "the region that took the place");
            peer().close("stale");
        }
    }

    /** In the direction that the engine has. */
    private void copyThere(String far, String near) {
        if (info().route(Kind.PEER, Kind.LOCAL).isPresent()) {
            peer().copy(far, 0, near, 0, whole(64));
        } else {
            peer().copy(near, 0, far, 0, whole(64));
        }
    }

    @Verifies(Rule.TOK_09)
    final void tok09_tokenOfAKilledOwnerIsGone() {
        Peer owner = scene().ownPeer();
        RegionToken token = owner.share("far", 1, page(), Access.READ);
        owner.kill();
        long start = System.nanoTime();
        Expect.fails(CopyStatus.PEER_GONE, "attaching a token of a killed owner", () -> attach(token));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expect.that(took.toSeconds() < 5, "it took " + took);
    }

    @Verifies(Rule.TOK_10)
    final void tok10_tokenOfAReplacedProcessAttachesNothing() {
        RegionToken token = peer().share("far", 1, page(), Access.READ);
        PeerId owner = token.owner();
        for (long instance : new long[] {owner.instance(), owner.instance() ^ 1}) {
            PeerId before = new PeerId(
                    owner.bootIdHigh(),
                    owner.bootIdLow(),
                    owner.pid(),
                    owner.uid(),
                    owner.startTime() - 1,
                    owner.pidNamespace(),
                    owner.userNamespace(),
                    instance);
            Expect.fails(
                    ENDED,
                    "attaching a token of a process that had the pid before",
                    () -> attach(ownedBy(token, before)));
        }
    }

    @Verifies(Rule.TOK_11)
    final void tok11_ownerThatReplacedItsProgramIsNeverRead() {
        RawMemory.require();
        LocalPlace near = places().wrapped(2, page());
        Peer owner = scene().ownPeer();
        MemoryRegion far = attach(owner.share("far", 1, page(), Access.READ_WRITE));
        copyBetween(far, near.region());
        owner.exec();
        near.fill(2, 0, page());
        long start = System.nanoTime();
        Expect.fails(
                EnumSet.of(CopyStatus.PEER_GONE, CopyStatus.PEER_REPLACED, CopyStatus.TIMEOUT),
                "a copy from an owner that replaced its program",
                () -> copyBetween(far, near.region()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expect.that(took.toSeconds() < 10, "it took " + took);
        near.expectAll(2, "the destination after a copy from an owner that replaced its program");
    }

    @Verifies(Rule.TOK_12)
    final void tok12_ownerThatReplacedItsProgramHangsNobody() {
        RawMemory.require();
        LocalPlace near = places().wrapped(2, 3 * page());
        Peer owner = scene().ownPeer();
        MemoryRegion far = attach(owner.share("far", 1, page(), Access.READ_WRITE));
        MemoryRegion middle = near.region().slice(page(), page());
        copyBetween(far, middle);
        owner.exec();
        near.fill(2, 0, 3L * page());
        long start = System.nanoTime();
        Race.outcome(() -> copyBetween(far, middle));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Expect.that(took.toSeconds() < 10, "the copy took " + took);
        near.expect(2, 0, 0, page(), "the bytes before the range");
        near.expect(2, 2L * page(), 2L * page(), page(), "the bytes behind the range");
    }

    private void copyBetween(MemoryRegion far, MemoryRegion near) {
        if (info().route(Kind.PEER, Kind.LOCAL).isPresent()) {
            engine().copy(far, 0, near, 0, page());
        } else {
            engine().copy(near, 0, far, 0, page());
        }
    }

    @Verifies(Rule.TOK_13)
    final void tok13_widenedTokenGrantsNoMore() {
        for (Access published : List.of(Access.READ, Access.WRITE)) {
            RegionToken token = peer().share("far" + published, 1, page(), published);
            RegionToken widened = new RegionToken(
                    token.owner(),
                    token.slot(),
                    token.generation(),
                    token.lengthBytes(),
                    Access.READ_WRITE,
                    false,
                    token.backendId());
            MemoryRegion far = attach(widened);
            Expect.same(published, far.access(), "the access of a region whose token was widened");
            LocalPlace near = places().wrapped(2, page());
            Expect.refused(IllegalArgumentException.class, "more than was published", () -> {
                if (published == Access.READ) {
                    engine().copy(near.region(), 0, far, 0, whole(64));
                } else {
                    engine().copy(far, 0, near.region(), 0, whole(64));
                }
            });
            Expect.same("", peer().difference("far" + published, 1, 0, 0, page()), "what a widened token changed");
        }
    }

    @Verifies(Rule.TOK_14)
    final void tok14_tokensOfManyThreadsAreDistinctAndUsable() {
        int count = effort().rounds(1000, 160);
        int lengthBytes = whole(64);
        CopyEngine engine = engine();
        AtomicInteger next = new AtomicInteger();
        Map<Integer, RegionToken> tokens = Collections.synchronizedMap(new HashMap<>());
        Expect.outcomes(
                Race.of(16, () -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        ByteBuffer buffer =
                                ByteBuffer.allocateDirect(lengthBytes).put(0, Pattern.bytes(i, 0, lengthBytes));
                        tokens.put(i, engine.register(buffer, Access.READ).token());
                    }
                }),
                Race.OK);
        Expect.same(count, Set.copyOf(tokens.values()).size(), "the number of distinct tokens");
        List<RegionToken> inOrder =
                IntStream.range(0, count).mapToObj(tokens::get).toList();
        if (info().route(Kind.PEER, Kind.LOCAL).isPresent()) {
            Expect.same("", peer().attachAndCompareAll(inOrder, lengthBytes), "what the other process read");
        }
    }

    @Verifies(Rule.TOK_15)
    final void tok15_sharingIsRefused() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        MemoryRegion region = scene().closeLater(engine().register(buffer, Access.READ));
        Expect.refused(UnsupportedOperationException.class, "token()", region::token);
        RegionToken token = new RegionToken(dray().self(), 0, 1, page(), Access.READ, false, kit().backendId());
        Expect.refused(UnsupportedOperationException.class, "attach()", () -> attach(token));
        Expect.refused(
                UnsupportedOperationException.class,
                "export()",
                () -> dray().export(buffer, Access.READ).close());
    }

    @Verifies(Rule.TOK_16)
    final void tok16_exportIsAttachedThroughTheExplainedEngine() {
        peer().memory("far", 1, page());
        Tokens tokens = peer().export("far", Access.READ_WRITE);
        Selection selection = dray().explain(tokens, Access.READ);
        MemoryRegion far = scene().closeLater(dray().attach(tokens));
        Expect.same(
                far.engine().id(),
                selection.chosen().map(Selection.Candidate::backendId).orElse("none"),
                "the engine that explain() named");
        Expect.same(tokens.list().size(), selection.candidates().size(), "the number of candidates");
        for (Selection.Candidate candidate : selection.candidates()) {
            Expect.that(!candidate.reason().isBlank(), "no reason for " + candidate.backendId());
        }
        Expect.same(Access.READ_WRITE, far.access(), "the access of the attached region");
        transfers().expectReached(new FarPlace(far, peer(), "far"), 1, page(), "the attached region");
    }

    @Verifies(Rule.TOK_17)
    final void tok17_attachingForLessGivesLess() {
        peer().memory("far", 1, page());
        Tokens tokens = peer().export("far", Access.READ_WRITE);
        MemoryRegion far = scene().closeLater(dray().attach(tokens, Access.READ));
        Expect.same(Access.READ, far.access(), "the access of the attached region");
        MemoryRegion near = places().wrapped(2, page()).region();
        Expect.refused(
                IllegalArgumentException.class,
                "writing what was attached for reading",
                () -> engine().copy(near, 0, far, 0, whole(64)));
        peer().memory("readable", 1, page());
        Tokens readable = peer().export("readable", Access.READ);
        Expect.refused(
                IllegalArgumentException.class,
                "attaching for more than was published",
                () -> dray().attach(readable, Access.READ_WRITE).close());
    }

    @Verifies(Rule.TOK_18)
    final void tok18_tokenAttachedTwiceGivesTwoRegions() {
        RegionToken token = peer().share("far", 1, page(), Access.READ_WRITE);
        MemoryRegion first = attach(token);
        MemoryRegion second = attach(token);
        Expect.that(first != second, "attaching twice gave the same object");
        first.close();
        Expect.that(second.isOpen(), "closing one region closed the other");
        transfers().expectReached(new FarPlace(second, peer(), "far"), 1, page(), "the other region");
        second.close();
        transfers().expectReached(new FarPlace(attach(token), peer(), "far"), 1, page(), "a third region");
    }

    @Verifies(Rule.CLOSE_13)
    final void close13_closingAnExportClosesItsRegions() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(page()).put(0, Pattern.bytes(1, 0, page()));
        Exported exported = scene().closeLater(dray().export(buffer, Access.READ_WRITE));
        RegionToken token = exported.tokens().list().get(0);
        Expect.same(token, exported.regions().get(0).token(), "the token of the first region");
        peer().memory("near", 2, page());
        peer().wrap("near");
        peer().attach("far", token);
        copyThere("far", "near");
        exported.close();
        exported.regions().forEach(it -> Expect.that(!it.isOpen(), "a region of a closed export is open"));
        Expect.fails(CopyStatus.TOKEN_STALE, "copying after the export was closed", () -> copyThere("far", "near"));
        Expect.fails(
                CopyStatus.TOKEN_STALE, "attaching after the export was closed", () -> peer().attach("late", token));
    }

    private MemoryRegion attach(RegionToken token) {
        return scene().closeLater(engine().attach(token));
    }

    private static RegionToken ownedBy(RegionToken token, PeerId owner) {
        return new RegionToken(
                owner,
                token.slot(),
                token.generation(),
                token.lengthBytes(),
                token.access(),
                token.singleUse(),
                token.backendId());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
