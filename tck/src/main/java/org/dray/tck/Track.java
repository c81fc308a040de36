package org.dray.tck;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.EngineInfo;
import org.dray.RegionToken;
import org.dray.RouteInfo;

/**
 * Two places of equally many slots, and an engine that copies from each slot of the one to any of the other. Both are
 * in this process where the engine can copy so.
 */
record Track(Scene scene, CopyEngine engine, RouteInfo info, Place source, Place destination, int slotBytes) {
    static final int SLOTS = 64;
    static final long SOURCE = 1;
    static final long POISON = 2;

    static Track of(Scene scene) {
        return of(scene, SLOTS, 64);
    }

    /** Slots of that many bytes, or fewer where a space is small, and always whole units. */
    static Track of(Scene scene, int slots, int wantedBytes) {
        CopyEngine engine = scene.dray().engine(scene.kit().backendId());
        RouteInfo info = route(engine.info());
        Kind from = info.route().source();
        Kind to = info.route().destination();
        int unit = (int) info.alignmentBytes();
        int fitting =
                Math.min(largestSlot(scene, from, slots, wantedBytes), largestSlot(scene, to, slots, wantedBytes));
        int slotBytes = Math.max(unit, fitting / unit * unit);
        int lengthBytes = slots * slotBytes;
        if (isNear(from) && isNear(to)) {
            NearPair pair = NearPair.of(scene, lengthBytes);
            LocalPlace source = new LocalPlace(pair.from(), new Block(List.of(pair.source())));
            LocalPlace destination = new LocalPlace(pair.to(), new Block(List.of(pair.destination())));
            source.fill(SOURCE, 0, lengthBytes);
            destination.fill(POISON, 0, lengthBytes);
            return new Track(scene, engine, info, source, destination, slotBytes);
        }
        // Regions of their own, so that a rule may close them and still look at the bytes.
        Place source = scene.places().of(from, SOURCE, lengthBytes, Access.READ);
        Place destination = scene.places().of(to, POISON, lengthBytes, Access.WRITE);
        return new Track(scene, engine, info, source, destination, slotBytes);
    }

    /** From memory of another process to memory of this one; where that is preferred or the only way, the reverse. */
    static Track far(Scene scene, Peer owner, String name, int slots, int wantedBytes, boolean prefersWriting) {
        CopyEngine engine = scene.dray().engine(scene.kit().backendId());
        Optional<RouteInfo> reading = engine.info().route(Kind.PEER, Kind.LOCAL);
        Optional<RouteInfo> writing = engine.info().route(Kind.LOCAL, Kind.PEER);
        RouteInfo info = (prefersWriting ? writing.or(() -> reading) : reading.or(() -> writing)).orElseThrow();
        boolean isReading = info.route().source() == Kind.PEER;
        int unit = (int) info.alignmentBytes();
        int slotBytes = (wantedBytes + unit - 1) / unit * unit;
        RegionToken token = owner.share(
                name, isReading ? SOURCE : POISON, slots * slotBytes, isReading ? Access.READ : Access.WRITE);
        FarPlace far = scene.places().attached(owner, name, token);
        LocalPlace near = scene.places().local(isReading ? POISON : SOURCE, Access.READ_WRITE, slots * slotBytes);
        return new Track(scene, engine, info, isReading ? far : near, isReading ? near : far, slotBytes);
    }

    private static int largestSlot(Scene scene, Kind kind, int slots, int wantedBytes) {
        return scene.places().largestBytes(kind, slots * wantedBytes) / slots;
    }

    private static boolean isNear(Kind kind) {
        return kind == Kind.LOCAL || kind == Kind.PEER;
    }

    private static RouteInfo route(EngineInfo info) {
        return Stream.of(
                        info.route(Kind.LOCAL, Kind.LOCAL),
                        info.route(Kind.PEER, Kind.LOCAL),
                        info.route(Kind.LOCAL, Kind.PEER),
                        info.routes().stream()
                                .filter(it -> it.route().source() != Kind.PEER
                                        || it.route().destination() != Kind.PEER)
                                .findFirst())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new NotRun("the engine has no route"));
    }

    /** Whether channels run on the executor, so that a brake holds their operations back. */
    boolean isHeldByBrake() {
        return info.emulated().contains(RouteInfo.Emulation.QUEUE);
    }

    int slots() {
        return (int) (source.region().byteSize() / slotBytes);
    }

    CopyChannel open(int capacity) {
        return open(capacity, false);
    }

    CopyChannel open(int capacity, boolean inOrder) {
        return scene.closeLater(engine.openChannel(new ChannelOptions(capacity, inOrder)));
    }

    /** Submits a copy of one slot to the slot of the same number, with that number as the tag. */
    long submit(CopyChannel channel, int slot) {
        return submit(channel, slot, slot, 0);
    }

    long submit(CopyChannel channel, int from, int to, int flags) {
        return channel.submit(
                source.region(),
                (long) from * slotBytes,
                destination.region(),
                (long) to * slotBytes,
                slotBytes,
                to,
                flags);
    }

    /** Submits copies of the first slots, one for each, and complains unless all are accepted. */
    List<Long> submitFirst(CopyChannel channel, int count) {
        return Stream.iterate(0, it -> it + 1)
                .limit(count)
                .map(it -> accepted(submit(channel, it)))
                .toList();
    }

    static long accepted(long sequence) {
        Expect.that(sequence >= 0, "a submit was answered " + sequence + " instead of being accepted");
        return sequence;
    }

    void requireCopied(int slot) {
        requireCopied(slot, slot);
    }

    void requireCopied(int from, int to) {
        destination.expect(SOURCE, (long) from * slotBytes, (long) to * slotBytes, slotBytes, "slot " + to);
    }

    void requireUntouched(int slot) {
        long offset = (long) slot * slotBytes;
        destination.expect(POISON, offset, offset, slotBytes, "slot " + slot + ", which nothing was copied to");
    }

    void poison(int slot) {
        destination.fill(POISON, (long) slot * slotBytes, slotBytes);
    }

    void poison() {
        destination.fill(POISON, 0, destination.region().byteSize());
    }
}
