package org.dray.tck;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.Route;
import org.dray.RouteInfo;

/** Rules about copies that do not succeed, and about what comes after them. */
abstract class ErrorRules extends RuleGroup {
    static final Duration SOON = Duration.ofSeconds(5);

    @Verifies(Rule.ERR_01)
    final void err01_messageNamesEngineRouteOffsetAndLength() {
        CopyException e = staleCopy();
        Expect.mentions(
                String.valueOf(e.getMessage()), kit().backendId(), route().source() + "->" + route().destination());
        Expect.mentions(String.valueOf(e.getMessage()), sourceOffset(), destinationOffset(), lengthBytes());
    }

    @Verifies(Rule.ERR_02)
    final void err02_exceptionCarriesItsCauseAsData() {
        CopyException e = staleCopy();
        Expect.same(CopyStatus.TOKEN_STALE, e.status(), "the status");
        Expect.same(CopyStatus.Category.TOKEN, e.status().category(), "the category");
        Expect.same(kit().backendId(), e.engineId(), "the engine");
        Expect.same(route(), e.route().orElseThrow(() -> new AssertionError("no route in " + e)), "the route");
    }

    private long sourceOffset() {
        return whole(1000) + 5 * unit();
    }

    private long destinationOffset() {
        return whole(2000) + 7 * unit();
    }

    private long lengthBytes() {
        return whole(1000) + 11 * unit();
    }

    /** A copy within a region whose owner has closed it. */
    private CopyException staleCopy() {
        FarPlace far = places().far(1, Access.READ_WRITE, 32 * page());
        LocalPlace near = places().wrapped(2, 32 * page());
        boolean reading = route().source() == Kind.PEER;
        far.peer().close(far.name());
        return (CopyException) Expect.fails(
                CopyStatus.TOKEN_STALE,
                "a copy after the owner closed",
                () -> engine().copy(
                                reading ? far.region() : near.region(),
                                sourceOffset(),
                                reading ? near.region() : far.region(),
                                destinationOffset(),
                                lengthBytes()));
    }

    private Route route() {
        return info().route(Kind.PEER, Kind.LOCAL)
                .or(() -> info().route(Kind.LOCAL, Kind.PEER))
                .map(RouteInfo::route)
                .orElseThrow();
    }

    @Verifies(Rule.ERR_03)
    final void err03_ownerKilledBeforeTheCopyIsGone() {
        LocalPlace near = places().wrapped(2, page());
        Peer owner = scene().ownPeer();
        MemoryRegion far = attached(owner, page());
        copyBothWays(far, near.region());
        owner.kill();
        near.fill(2, 0, page());
        long start = System.nanoTime();
        for (Runnable copy : bothWays(far, near.region())) {
            Expect.fails(CopyStatus.PEER_GONE, "a copy after the owner was killed", copy);
        }
        requireSoon(start);
        near.expectAll(2, "the destination of a copy from a killed owner");
    }

    @Verifies(Rule.ERR_04)
    final void err04_ownerKilledDuringCopiesIsGone() {
        int lengthBytes = whole(1 << 20);
        Peer owner = scene().ownPeer();
        MemoryRegion far = attached(owner, lengthBytes);
        MemoryRegion near = places().wrapped(2, lengthBytes).region();
        boolean reading = route().source() == Kind.PEER;
        CopyLoop loop = new CopyLoop(engine(), reading ? far : near, reading ? near : far, lengthBytes);
        loop.awaitFirst();
        owner.kill();
        Expect.same(CopyStatus.PEER_GONE.name(), loop.await(SOON), "how copies ended after the owner was killed");
    }

    @Verifies(Rule.ERR_05)
    final void err05_deathOfOnePeerLeavesTheOthersAlone() {
        FarPlace living = places().far(1, Access.READ_WRITE, page());
        LocalPlace near = places().wrapped(2, page());
        Peer owner = scene().ownPeer();
        MemoryRegion far = attached(owner, page());
        owner.kill();
        for (Runnable copy : bothWays(far, near.region())) {
            Expect.fails(CopyStatus.PEER_GONE, "a copy after the owner was killed", copy);
        }
        far.close();
        transfers().expectReached(living, 1, page(), "the other peer's bytes");
        FarPlace next = places().far(3, Access.READ_WRITE, page());
        transfers().expectReached(next, 3, page(), "a region attached later");
    }

    @Verifies(Rule.ERR_07)
    final void err07_refusedCopyDoesNotHarmTheNext() {
        onEveryRoute((from, to, unit) -> {
            int lengthBytes = Math.max(page(), 32 * (int) unit);
            Place source = places().of(from, 1, lengthBytes);
            Place destination = places().of(to, 2, lengthBytes);
            MemoryRegion unreadable = places().of(from, 3, page(), Access.WRITE).region();
            MemoryRegion unwritable = places().of(to, 4, page(), Access.READ).region();
            CheckedCopy correct = new CheckedCopy(engine(), source, 1, destination);
            List<Runnable> mistakes = List.of(
                    () -> engine().copy(source.region(), -unit, destination.region(), 0, unit),
                    () -> engine().copy(source.region(), 0, destination.region(), lengthBytes, unit),
                    () -> engine().copy(unreadable, 0, destination.region(), 0, unit),
                    () -> engine().copy(source.region(), 0, unwritable, 0, unit));
            for (Runnable mistake : mistakes) {
                Expect.that(!Race.outcome(mistake).equals(Race.OK), "a mistake was accepted");
                correct.run(unit, 0, 16 * unit);
            }
        });
    }

    @Verifies(Rule.ERR_08)
    @SuppressWarnings("NullAway") // to hand over what callers should not
    final void err08_nullIsRefused() {
        MemoryRegion region = places().local(1, Access.READ_WRITE, page()).region();
        ByteBuffer buffer = ByteBuffer.allocateDirect(page());
        requireNullRefused("source", () -> engine().copy(null, 0, region, 0, 1));
        requireNullRefused("destination", () -> engine().copy(region, 0, null, 0, 1));
        requireNullRefused("buffer of register", () -> engine().register((ByteBuffer) null, Access.READ));
        requireNullRefused("access of register", () -> engine().register(buffer, null));
        requireNullRefused("region of register", () -> engine().register((MemoryRegion) null, Access.READ));
        requireNullRefused("token of attach", () -> engine().attach(null));
        requireNullRefused("buffer of export", () -> dray().export((ByteBuffer) null, Access.READ));
        requireNullRefused("buffer of wrap", () -> dray().wrap((ByteBuffer) null));
        requireNullRefused("id of engine", () -> dray().engine(null));
    }

    private static void requireNullRefused(String what, Runnable action) {
        Expect.refused(NullPointerException.class, "null as " + what, action);
    }

    @Verifies(Rule.ERR_09)
    final void err09_stoppedOwnerHangsNobody() {
        requireSlowRun();
        RawMemory.require();
        LocalPlace near = places().wrapped(2, page());
        Peer owner = scene().ownPeer();
        MemoryRegion far = attached(owner, page());
        RawMemory.stop(owner.pid());
        try {
            long start = System.nanoTime();
            List<String> outcomes = Race.of(bothWays(far, near.region()));
            Expect.outcomes(outcomes, Race.OK, CopyStatus.TIMEOUT.name());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Expect.that(took.toSeconds() < 20, "copies to and from a stopped owner took " + took);
        } finally {
            RawMemory.resume(owner.pid());
        }
        owner.fill("far", 5, 0, page());
        transfers().expectReached(new FarPlace(far, owner, "far"), 5, page(), "a copy after the owner continued");
    }

    private MemoryRegion attached(Peer owner, int lengthBytes) {
        RegionToken token = owner.share("far", 1, lengthBytes, Access.READ_WRITE);
        return scene().closeLater(engine().attach(token));
    }

    private void copyBothWays(MemoryRegion far, MemoryRegion near) {
        bothWays(far, near).forEach(Runnable::run);
    }

    /** One copy for each direction that the engine has. */
    private List<Runnable> bothWays(MemoryRegion far, MemoryRegion near) {
        Runnable read = () -> engine().copy(far, 0, near, 0, near.byteSize());
        Runnable write = () -> engine().copy(near, 0, far, 0, near.byteSize());
        boolean reads = info().route(Kind.PEER, Kind.LOCAL).isPresent();
        boolean writes = info().route(Kind.LOCAL, Kind.PEER).isPresent();
        return reads && writes ? List.of(read, write) : List.of(reads ? read : write);
    }

    private static void requireSoon(long startNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        Expect.that(took.compareTo(SOON) < 0, "it took " + took);
    }
}
