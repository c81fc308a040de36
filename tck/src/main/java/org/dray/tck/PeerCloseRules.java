package org.dray.tck;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;

/** Rules about closing what other processes use. */
abstract class PeerCloseRules extends RuleGroup {
    static final int WATCHED_BYTES = 8 << 20;
    static final int ABANDONED_BYTES = WATCHED_BYTES + 4096;

    private static final int STOPPED_BYTES = 32 << 20;
    private static final int ATTEMPTS = 20;
    private static final Duration BOUND = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(5);

    @Verifies(Rule.CLOSE_07)
    final void close07_regionClosedUnderAPeersCopiesIsNotWrittenAfterwards() {
        for (int round = 0; round < effort().rounds(50, 3); round++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(WATCHED_BYTES);
            MemoryRegion region = scene().closeLater(engine().register(buffer, Access.READ_WRITE));
            startWriting(peer(), region);
            region.close();
            byte[] poison = poison(buffer, round);
            Expect.same(CopyStatus.TOKEN_STALE.name(), peer().awaitLoop(), "how the peer's copies ended");
            requirePoison(poison, buffer, "round " + round);
            peer().close("far");
        }
    }

    @Verifies(Rule.CLOSE_08)
    final void close08_regionOfAStoppedPeerIsBusyUntilItsCopyEnds() {
        RawMemory.require();
        Dray dray = scene().load(scene().kit()
                .options(scene().drayDirectory())
                .closeTimeoutNanos(BOUND.toNanos())
                .build());
        CopyEngine engine = dray.engine(kit().backendId());
        Peer peer = peer();
        boolean busy = false;
        for (int attempt = 0; attempt < ATTEMPTS && !busy; attempt++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(STOPPED_BYTES);
            MemoryRegion region = scene().closeLater(engine.register(buffer, Access.READ_WRITE));
            startWriting(peer, region);
            RawMemory.stop(peer.pid());
            try {
                busy = isBusy(region);
                if (busy) {
                    requireQuarantined(region);
                }
            } finally {
                RawMemory.resume(peer.pid());
            }
            if (busy) {
                Expect.that(
                        Patience.until(SOON, () -> Race.outcome(region::close).equals(Race.OK)),
                        "the region is not released after the peer continued");
            }
            byte[] poison = poison(buffer, attempt);
            Expect.same(CopyStatus.TOKEN_STALE.name(), peer.awaitLoop(), "how the peer's copies ended");
            requirePoison(poison, buffer, "after attempt " + attempt);
            peer.close("far");
        }
        Expect.that(
                busy, "in " + ATTEMPTS + " attempts no close answered BUSY while the peer was stopped within a copy");
    }

    private static boolean isBusy(MemoryRegion region) {
        long start = System.nanoTime();
        try {
            region.close();
            return false;
        } catch (CopyException e) {
            Expect.same(CopyStatus.BUSY, e.status(), "the status of a close while the peer is stopped");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Expect.that(took.compareTo(BOUND.plus(SOON)) < 0, "close answered BUSY after " + took);
            return true;
        }
    }

    private static void requireQuarantined(MemoryRegion region) {
        Expect.that(!region.isOpen(), "a region in quarantine is open");
        Expect.refused(IllegalStateException.class, "a slice of a region in quarantine", () -> region.slice(0, 1));
        Expect.refused(IllegalStateException.class, "the token of a region in quarantine", region::token);
        Expect.that(isBusy(region), "a second close was accepted while the peer is stopped");
    }

    @Verifies(Rule.CLOSE_09)
    final void close09_regionOfAKilledPeerIsReleased() {
        for (int round = 0; round < effort().rounds(3, 1); round++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(ABANDONED_BYTES);
            Peer peer = scene().ownPeer();
            MemoryRegion region = scene().closeLater(engine().register(buffer, Access.READ_WRITE));
            startWriting(peer, region);
            peer.kill();
            region.close();
            byte[] poison = poison(buffer, round);
            requirePoison(poison, buffer, "after the peer was killed");
        }
    }

    @Verifies(Rule.CLOSE_10)
    final void close10_killedOwnersFilesAreSwept() {
        Peer owner = scene().ownPeer();
        owner.share("far", 1, 4096, Access.READ);
        String prefix = owner.filePrefix();
        Expect.that(hasFiles(prefix), "the owner has no files of its own: " + Directories.names(scene().directory()));
        owner.kill();
        scene().ownPeer();
        Expect.that(!hasFiles(prefix), "files of a killed owner are left: " + Directories.names(scene().directory()));
    }

    private boolean hasFiles(String prefix) {
        return Directories.names(scene().directory()).stream().anyMatch(it -> it.startsWith(prefix));
    }

    @Verifies(Rule.CLOSE_14)
    final void close14_processThatExitsDuringCopiesEnds() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ABANDONED_BYTES);
        MemoryRegion region = scene().closeLater(engine().register(buffer, Access.READ_WRITE));
        Peer peer = scene().ownPeer();
        startWriting(peer, region);
        peer.exit();
        Expect.that(peer.awaitEnd(SOON), "the process has not ended after " + SOON);
        region.close();
    }

    /** Lets a peer write into a region again and again; returns when the first copy has ended. */
    private static void startWriting(Peer peer, MemoryRegion region) {
        peer.attach("far", region.token());
        peer.memory("near", 1, (int) region.byteSize());
        peer.wrap("near");
        peer.startLoop("near", "far", region.byteSize());
    }

    private static byte[] poison(ByteBuffer buffer, int round) {
        byte[] poison = Pattern.bytes(1000L + round, 0, buffer.capacity());
        buffer.put(0, poison);
        return poison;
    }

    private static void requirePoison(byte[] poison, ByteBuffer buffer, String when) {
        byte[] after = new byte[buffer.capacity()];
        buffer.get(0, after);
        Expect.bytes(poison, after, 0, "memory whose region was closed, " + when);
    }
}
