package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionOption;
import org.dray.RegionToken;
import org.dray.Selection;
import org.dray.TestSeed;
import org.dray.Tokens;
import org.dray.toy.ToyBackend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, and what attaching makes of them. */
class AttachTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private DrayCore owner;
    private DrayCore peer;

    @BeforeEach
    void load() {
        owner = toys.load();
        peer = toys.load();
    }

    private static CopyException failure(Runnable call) {
        try {
            call.run();
        } catch (CopyException e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    private static void assertStatus(Runnable call, CopyStatus status) {
        assertThat(failure(call).status()).isEqualTo(status);
    }

    private RegionToken registered(Access access, RegionOption... options) {
        return owner.engine("toy").register(Toys.filled(64, 1), access, options).token();
    }

    private static RegionToken with(RegionToken token, PeerId id) {
        return new RegionToken(
                id,
                token.slot(),
                token.generation(),
                token.lengthBytes(),
                token.access(),
                token.singleUse(),
                token.backendId());
    }

    @Test
    void tokensThatWentThroughBytesReachTheRegion() {
        ByteBuffer memory = Toys.filled(64, 1);
        Exported exported = owner.export(memory, Access.READ_WRITE);
        MemoryRegion far = peer.attach(Tokens.parse(exported.tokens().toBytes()));
        assertThat(far.kind()).isEqualTo(AddressSpace.Kind.PEER);
        assertThat(far.byteSize()).isEqualTo(64);
        assertThat(far.access()).isEqualTo(Access.READ_WRITE);
        ByteBuffer near = Toys.empty(64);
        far.engine().copy(far, 0, peer.wrap(near), 0, 64);
        assertThat(near).isEqualTo(memory);
        far.engine().copy(peer.wrap(Toys.filled(64, 9)), 0, far, 0, 64);
        assertThat(memory).isEqualTo(Toys.filled(64, 9));
    }

    @Test
    void trialCopiesTouchNobodysMemory() {
        ByteBuffer memory = Toys.filled(64, 1);
        peer.attach(owner.export(memory, Access.READ_WRITE).tokens());
        assertThat(memory).isEqualTo(Toys.filled(64, 1));
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void onlyTheNeededDirectionsAreTried(Access access) {
        Exported exported = owner.export(Toys.empty(64), Access.READ_WRITE);
        List<String> directions = new ArrayList<>();
        toys.toy.onStep = step -> {
            directions.add(
                    step.source().extents().byteSize()
                                    > step.destination().extents().byteSize()
                            ? "read"
                            : "write");
            return true;
        };
        assertThat(peer.attach(exported.tokens(), access).access()).isEqualTo(access);
        List<String> expected = new ArrayList<>();
        if (access.isReadable()) {
            expected.add("read");
        }
        if (access.isWritable()) {
            expected.add("write");
        }
        assertThat(directions).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64, 4096})
    void trialCopyKeepsTheAlignmentOfTheRoute(long alignmentBytes) {
        toys.toy.info.alignmentBytes(alignmentBytes);
        DrayCore alignedOwner = toys.load();
        DrayCore alignedPeer = toys.load();
        Exported exported = alignedOwner.export(Toys.empty(8192), Access.READ_WRITE);
        assertThat(alignedPeer.attach(exported.tokens()).isOpen()).isTrue();
    }

    @Test
    void engineWithoutRoutesToPeersAttachesUntried() {
        toys.toy.info.withoutRoutesOf(AddressSpace.Kind.PEER);
        DrayCore routeless = toys.load();
        assertThat(routeless
                        .attach(owner.export(Toys.empty(8), Access.READ).tokens())
                        .isOpen())
                .isTrue();
    }

    @Test
    void moreAccessThanTheTokensGrantIsACallersMistake() {
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peer.attach(exported.tokens(), Access.READ_WRITE))
                .withMessage("the tokens grant READ, which does not cover READ_WRITE");
    }

    @Test
    void forgedTokenDoesNotWidenAccess() {
        RegionToken token = registered(Access.READ);
        RegionToken forged = new RegionToken(
                token.owner(), token.slot(), token.generation(), 1 << 20, Access.READ_WRITE, false, "toy");
        MemoryRegion far = peer.engine("toy").attach(forged);
        assertThat(far.access()).isEqualTo(Access.READ);
        assertThat(far.byteSize())
                .as("what the owner published, not what the token says")
                .isEqualTo(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> far.engine().copy(peer.wrap(Toys.empty(8)), 0, far, 0, 8));
        assertThat(failure(() -> peer.attach(new Tokens(List.of(forged)), Access.WRITE)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.PERMISSION))
                .hasMessageContaining("the owner published the region for READ, not for WRITE");
    }

    @Test
    void forgedTokenDoesNotMakeASingleUseRegionReusable() {
        RegionToken token = registered(Access.READ, RegionOption.SINGLE_USE);
        RegionToken forged = new RegionToken(
                token.owner(), token.slot(), token.generation(), token.lengthBytes(), Access.READ, false, "toy");
        MemoryRegion far = peer.engine("toy").attach(forged);
        far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 8);
        assertStatus(() -> far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 8), CopyStatus.TOKEN_STALE);
    }

    @Test
    void foreignTokenNamesTheFieldThatDiffers() {
        PeerId id = owner.self();
        RegionToken token = registered(Access.READ);
        PeerId otherBoot = new PeerId(
                ~id.bootIdHigh(),
                id.bootIdLow(),
                id.pid(),
                id.uid(),
                id.startTime(),
                id.pidNamespace(),
                0,
                id.instance());
        PeerId otherNamespace =
                new PeerId(id.bootIdHigh(), id.bootIdLow(), id.pid(), id.uid(), id.startTime(), 17, 0, id.instance());
        assertThat(failure(() -> peer.engine("toy").attach(with(token, otherBoot))))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_FOREIGN))
                .hasMessageContaining("boot id");
        assertThat(failure(() -> peer.engine("toy").attach(with(token, otherNamespace))))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_FOREIGN))
                .hasMessageContaining("pid namespace");
        RegionToken otherBackend =
                new RegionToken(id, token.slot(), token.generation(), 64, Access.READ, false, "knem");
        assertThat(failure(() -> peer.engine("toy").attach(otherBackend)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_FOREIGN))
                .hasMessageContaining("backend")
                .hasMessageContaining("knem");
        assertThat(failure(() -> peer.attach(new Tokens(List.of(otherBackend)))))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_FOREIGN))
                .hasMessageContaining("knem: not on the path of this process");
    }

    @Test
    void tokenOfAnotherBackendsSlotIsInvalid() {
        toys.another("other");
        DrayCore both = toys.load();
        RegionToken token =
                both.engine("toy").register(Toys.empty(64), Access.READ).token();
        RegionToken forged =
                new RegionToken(token.owner(), token.slot(), token.generation(), 64, Access.READ, false, "other");
        assertThat(failure(() -> both.engine("other").attach(forged)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_INVALID))
                .hasMessageContaining("registered with toy");
    }

    @Test
    void closedRegionIsStaleAlsoWhenItsSlotIsUsedAgain() {
        MemoryRegion region = owner.engine("toy").register(Toys.empty(64), Access.READ);
        RegionToken token = region.token();
        region.close();
        assertStatus(() -> peer.engine("toy").attach(token), CopyStatus.TOKEN_STALE);
        RegionToken next = registered(Access.READ);
        assertThat(next.slot()).isEqualTo(token.slot());
        assertThat(next.generation()).isNotEqualTo(token.generation());
        assertThat(failure(() -> peer.engine("toy").attach(token)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE))
                .hasMessageContaining("generation 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1000, (1 << 18) - 1, 1 << 18, Integer.MAX_VALUE})
    void slotThatNobodyPublishedIsStale(int slot) {
        RegionToken token = registered(Access.READ);
        RegionToken forged = new RegionToken(token.owner(), slot, 1, 64, Access.READ, false, "toy");
        assertStatus(() -> peer.engine("toy").attach(forged), CopyStatus.TOKEN_STALE);
    }

    @Test
    void ownerThatClosedItsDrayIsStale() {
        RegionToken token = registered(Access.READ);
        owner.close();
        assertThat(failure(() -> peer.engine("toy").attach(token)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE))
                .hasMessageContaining("closed its Dray");
    }

    @Test
    void regionsOfAnOwnerThatClosedItsDrayAreStale() {
        MemoryRegion far = peer.engine("toy").attach(registered(Access.READ));
        RegionToken other = registered(Access.READ);
        owner.close();
        assertStatus(() -> far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 8), CopyStatus.TOKEN_STALE);
        assertStatus(() -> peer.engine("toy").attach(other), CopyStatus.TOKEN_STALE);
    }

    @Test
    void ownerThatHasEndedIsGone() {
        PeerId id = owner.self();
        PeerId ended = new PeerId(
                id.bootIdHigh(), id.bootIdLow(), 4_194_000, id.uid(), 77, id.pidNamespace(), 0, 4_194_000L << 32);
        assertThat(failure(() -> peer.engine("toy").attach(with(registered(Access.READ), ended))))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.PEER_GONE))
                .hasMessageContaining("pid 4194000")
                .hasMessageContaining("has ended");
    }

    @Test
    void ownerWhosePidIsAnothersIsReplaced() {
        PeerId id = owner.self();
        PeerId earlier = new PeerId(
                id.bootIdHigh(),
                id.bootIdLow(),
                id.pid(),
                id.uid(),
                id.startTime() - 1,
                id.pidNamespace(),
                0,
                id.instance());
        assertStatus(() -> peer.engine("toy").attach(with(registered(Access.READ), earlier)), CopyStatus.PEER_REPLACED);
        PeerId parent = new PeerId(
                id.bootIdHigh(),
                id.bootIdLow(),
                (int) ProcessHandle.current().parent().orElseThrow().pid(),
                id.uid(),
                1,
                id.pidNamespace(),
                0,
                1L << 32);
        assertStatus(() -> peer.engine("toy").attach(with(registered(Access.READ), parent)), CopyStatus.PEER_REPLACED);
    }

    /** A container starts Java under the same pid again and again. */
    @Test
    void earlierProcessOfTheSamePidIsReplacedAlsoWhenItsFilesAreThere() throws Exception {
        PeerId id = owner.self();
        RegionToken token = registered(Access.READ);
        PeerId earlier = new PeerId(
                id.bootIdHigh(),
                id.bootIdLow(),
                id.pid(),
                id.uid(),
                id.startTime() - 1,
                id.pidNamespace(),
                id.userNamespace(),
                id.instance() ^ 1);
        for (String ending : List.of(".alive", ".r", ".c")) {
            Path file = owner.instance().file(ending);
            try (RandomAccessFile copy =
                    new RandomAccessFile(owner.instance().file(earlier, ending).toFile(), "rw")) {
                copy.setLength(Files.size(file));
                if (ending.equals(".r")) {
                    copy.write(head(file, 8192));
                    copy.seek(24);
                    copy.write(earlier.toBytes());
                } else if (ending.equals(".c")) {
                    copy.write(head(file, 16));
                    copy.write(earlier.toBytes(), 56, 8);
                }
            }
        }
        try {
            assertStatus(() -> peer.engine("toy").attach(with(token, earlier)), CopyStatus.PEER_REPLACED);
        } finally {
            for (String ending : List.of(".alive", ".r", ".c")) {
                Files.delete(owner.instance().file(earlier, ending));
            }
        }
    }

    private static byte[] head(Path file, int lengthBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(lengthBytes);
        }
    }

    @Test
    void tokenOfAnOwnerWithOtherIdentityThanItsFilesIsRefused() {
        PeerId id = owner.self();
        PeerId other = new PeerId(
                id.bootIdHigh(),
                id.bootIdLow(),
                id.pid(),
                id.uid(),
                id.startTime(),
                id.pidNamespace(),
                4711,
                id.instance());
        assertStatus(() -> peer.engine("toy").attach(with(registered(Access.READ), other)), CopyStatus.PEER_REPLACED);
    }

    @Test
    void tokenThatNamesThisProcessNeverCostsTheLock() throws Exception {
        PeerId self = peer.self();
        RegionToken forged = new RegionToken(self, 0, 1, 64, Access.READ, false, "toy");
        assertThat(failure(() -> peer.engine("toy").attach(forged)).status())
                .as("nothing is published there")
                .isEqualTo(CopyStatus.TOKEN_STALE);
        Path alive = toys.directory().resolve(String.format("%016x.alive", self.instance()));
        assertThat(ownLocksOn(alive)).isEqualTo(1);
    }

    private static long ownLocksOn(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        return Files.readString(Path.of("/proc/locks"))
                .lines()
                .filter(line ->
                        line.contains(" " + ProcessHandle.current().pid() + " ") && line.contains(":" + inode + " "))
                .count();
    }

    @Test
    void tokensOfRandomOwnersAndSlotsGiveAStatusOnly() {
        TestSeed seed = TestSeed.next();
        Random random = seed.random();
        PeerId id = owner.self();
        RegionToken token = registered(Access.READ);
        for (int i = 0; i < 2000; i++) {
            PeerId forged = new PeerId(
                    id.bootIdHigh(),
                    id.bootIdLow(),
                    random.nextBoolean() ? id.pid() : random.nextInt(),
                    random.nextBoolean() ? id.uid() : random.nextInt(),
                    random.nextBoolean() ? id.startTime() : random.nextLong(),
                    id.pidNamespace(),
                    id.userNamespace(),
                    random.nextBoolean() ? id.instance() : random.nextLong());
            RegionToken guess = new RegionToken(
                    forged,
                    random.nextInt() >>> (1 + random.nextInt(31)),
                    1 + random.nextInt(3),
                    1 + (random.nextLong() >>> 1),
                    Access.values()[random.nextInt(3)],
                    random.nextBoolean(),
                    "toy");
            try {
                peer.engine("toy").attach(guess).close();
            } catch (CopyException e) {
                assertThat(e.status().category())
                        .as(seed.toString())
                        .isIn(CopyStatus.Category.TOKEN, CopyStatus.Category.PEER, CopyStatus.Category.DEVICE);
            }
        }
        assertThat(peer.engine("toy").attach(token).isOpen()).isTrue();
    }

    @Test
    void bestEngineWhoseTrialArrivesWins() {
        ToyBackend other = toys.another("zother");
        DrayCore a = toys.load();
        DrayCore b = toys.load();
        Tokens tokens = a.export(Toys.empty(8), Access.READ).tokens();
        assertThat(b.attach(tokens).engine().id()).isEqualTo("toy");
        toys.toy.onStep = step -> step.failAfter(0, CopyStatus.PERMISSION, 1);
        assertThat(b.attach(tokens).engine().id()).isEqualTo("zother");
        Selection selection = b.explain(tokens, Access.READ);
        assertThat(selection.chosen())
                .hasValueSatisfying(c -> assertThat(c.backendId()).isEqualTo("zother"));
        assertThat(selection.toString()).contains("* zother", "the best whose trial copies arrived", "PERMISSION");
        other.onStep = step -> step.failAfter(0, CopyStatus.TIMEOUT, 1);
        assertThat(failure(() -> b.attach(tokens)))
                .satisfies(e -> assertThat(e.status()).as("of the best").isEqualTo(CopyStatus.PERMISSION))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2))
                .hasMessageContaining("no engine reaches the owner")
                .hasMessageContaining("\n  zother:");
    }

    @Test
    void orderOfTheTokensDoesNotDecide() {
        toys.another("a-twin");
        DrayCore a = toys.load();
        DrayCore b = toys.load();
        List<RegionToken> tokens =
                new ArrayList<>(a.export(Toys.empty(8), Access.READ).tokens().list());
        assertThat(b.attach(new Tokens(tokens)).engine().id()).isEqualTo("a-twin");
        Collections.reverse(tokens);
        assertThat(b.attach(new Tokens(tokens)).engine().id()).isEqualTo("a-twin");
    }

    @Test
    void explainingLeavesNothingOpen() {
        Tokens tokens = owner.export(Toys.empty(8), Access.READ).tokens();
        int before = toys.toy.openRegions();
        assertThat(peer.explain(tokens, Access.READ).toString()).contains("* toy");
        assertThat(toys.toy.openRegions()).isEqualTo(before);
        assertThat(toys.toy.openPeers()).isZero();
    }

    @Test
    void engineThatCannotShareHereLosesWithAReason() {
        Tokens tokens = owner.export(Toys.empty(8), Access.READ).tokens();
        toys.toy.info.without(Capability.SHARE);
        DrayCore lonely = toys.load();
        assertThat(failure(() -> lonely.attach(tokens))).hasMessageContaining("does not declare SHARE");
        assertThatThrownBy(() -> lonely.engine("toy").attach(tokens.list().get(0)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> lonely.engine("toy")
                        .register(Toys.empty(8), Access.READ)
                        .token())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("has no token");
        assertThatThrownBy(() -> lonely.export(Toys.empty(8), Access.READ))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("toy does not declare SHARE");
    }

    @Test
    void regionsOfOneOwnerShareAConnection() {
        List<MemoryRegion> regions = IntStream.range(0, 10)
                .mapToObj(i -> peer.engine("toy").attach(registered(Access.READ)))
                .toList();
        assertThat(toys.toy.openPeers()).isEqualTo(1);
        regions.subList(0, 9).forEach(MemoryRegion::close);
        assertThat(toys.toy.openPeers()).isEqualTo(1);
        regions.get(9).close();
        assertThat(toys.toy.openPeers()).isZero();
    }

    @Test
    void ownTokenIsAttachedLikeAPeers() {
        ByteBuffer memory = Toys.filled(64, 1);
        MemoryRegion region = owner.engine("toy").register(memory, Access.READ_WRITE);
        MemoryRegion self = owner.engine("toy").attach(region.token());
        ByteBuffer near = Toys.empty(64);
        self.engine().copy(self, 0, owner.wrap(near), 0, 64);
        assertThat(near).isEqualTo(memory);
        assertThatIllegalArgumentException()
                .as("the same bytes")
                .isThrownBy(() -> self.engine().copy(self, 0, region, 1, 8));
        region.close();
        assertStatus(() -> self.engine().copy(self, 0, owner.wrap(near), 0, 8), CopyStatus.TOKEN_STALE);
    }

    @Test
    void peersRegionsOfOneOwnerAreComparedForOverlap() {
        ByteBuffer memory = Toys.filled(64, 1);
        CopyEngine engine = peer.engine("toy");
        MemoryRegion a = engine.attach(
                owner.engine("toy").register(memory, Access.READ_WRITE).token());
        MemoryRegion b = engine.attach(owner.engine("toy")
                .register(memory.slice(8, 56), Access.READ_WRITE)
                .token());
        engine.copy(a, 0, b, 0, 8);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.copy(a, 0, b, 0, 9));
    }

    @RepeatedTest(20)
    void oneOfEightRacersGetsASingleUseRegion() throws Exception {
        MemoryRegion region = owner.engine("toy").register(Toys.filled(64, 1), Access.READ, RegionOption.SINGLE_USE);
        MemoryRegion far = peer.engine("toy").attach(region.token());
        assertThat(region.isConsumed()).isFalse();
        assertThat(far.isConsumed()).isFalse();
        CyclicBarrier start = new CyclicBarrier(8);
        AtomicInteger winners = new AtomicInteger();
        List<Background<Object>> racers = IntStream.range(0, 8)
                .mapToObj(i -> Background.run((Callable<Object>) () -> {
                    MemoryRegion near = peer.wrap(Toys.empty(64));
                    start.await();
                    try {
                        far.engine().copy(far, 0, near, 0, 64);
                        return winners.incrementAndGet();
                    } catch (CopyException e) {
                        return e.status();
                    }
                }))
                .toList();
        for (Background<Object> racer : racers) {
            assertThat(racer.get()).isIn(1, CopyStatus.TOKEN_STALE);
        }
        assertThat(winners).hasValue(1);
        assertThat(region.isConsumed()).isTrue();
        assertThat(far.isConsumed()).isTrue();
        assertStatus(() -> peer.engine("toy").attach(region.token()), CopyStatus.TOKEN_STALE);
    }

    @Test
    void copyThatFailsHasUsedASingleUseRegionAndAnEmptyOneHasNot() {
        MemoryRegion far = peer.engine("toy").attach(registered(Access.READ, RegionOption.SINGLE_USE));
        far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 0);
        assertThat(far.isConsumed()).isFalse();
        toys.toy.onStep = step -> step.failAfter(0, CopyStatus.BAD_LOCAL_ADDRESS, 14);
        assertStatus(() -> far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 8), CopyStatus.BAD_LOCAL_ADDRESS);
        assertThat(far.isConsumed()).isTrue();
    }

    @Test
    void ownersOwnCopiesDoNotCount() {
        MemoryRegion region = owner.engine("toy").register(Toys.empty(8), Access.READ, RegionOption.SINGLE_USE);
        region.engine().copy(region, 0, owner.wrap(Toys.empty(8)), 0, 8);
        assertThat(region.isConsumed()).isFalse();
    }

    @Test
    void whetherARegionWasUsedIsKnownAfterItsClose() {
        MemoryRegion used = owner.engine("toy").register(Toys.empty(8), Access.READ, RegionOption.SINGLE_USE);
        MemoryRegion unused = owner.engine("toy").register(Toys.empty(8), Access.READ, RegionOption.SINGLE_USE);
        MemoryRegion far = peer.engine("toy").attach(used.token());
        far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 8);
        used.close();
        unused.close();
        List<RegionToken> again = List.of(
                registered(Access.READ, RegionOption.SINGLE_USE), registered(Access.READ, RegionOption.SINGLE_USE));
        assertThat(again).hasSize(2);
        assertThat(used.isConsumed()).isTrue();
        assertThat(unused.isConsumed()).isFalse();
    }

    @Test
    void mappingIsTheUseOfASingleUseRegion() {
        MemoryRegion far = peer.engine("toy").attach(registered(Access.READ, RegionOption.SINGLE_USE));
        assertThat(far.map(0, 64).isReadOnly()).isTrue();
        assertStatus(() -> far.map(0, 64), CopyStatus.TOKEN_STALE);
    }

    @Test
    void mappingOfANarrowedRegionIsReadOnly() {
        Exported exported = owner.export(Toys.filled(64, 1), Access.READ_WRITE);
        ByteBuffer mapped = peer.attach(exported.tokens(), Access.READ).map(8, 16);
        assertThat(mapped.isReadOnly()).isTrue();
        assertThat(mapped.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(mapped.get(0)).isEqualTo(Toys.filled(64, 1).get(8));
        assertThat(peer.attach(exported.tokens()).map(0, 8).isReadOnly()).isFalse();
    }

    @Test
    void regionThatTheOwnerClosedIsNotMapped() {
        MemoryRegion region = owner.engine("toy").register(Toys.empty(8), Access.READ);
        MemoryRegion far = peer.engine("toy").attach(region.token());
        region.close();
        assertStatus(() -> far.map(0, 8), CopyStatus.TOKEN_STALE);
    }

    @Test
    void closeOfTheOwnerInTheMiddleIsSeenAtTheNextStep() throws Exception {
        toys.toy.info.maxTransferBytes(16);
        DrayCore stepping = toys.load();
        MemoryRegion region = owner.engine("toy").register(Toys.filled(64, 1), Access.READ);
        MemoryRegion far = stepping.engine("toy").attach(region.token());
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        Background<Void> copying =
                Background.run(() -> far.engine().copy(far, 0, stepping.wrap(Toys.empty(64)), 0, 64));
        gate.awaitArrival();
        Background<Void> closing = Background.run(region::close);
        closing.awaitBlockedOn(() -> !region.isOpen());
        gate.open();
        closing.get();
        assertThatThrownBy(copying::get).cause().isInstanceOfSatisfying(CopyException.class, e -> {
            assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE);
            assertThat(e.bytesDone()).hasValue(16);
            assertThat(e).hasMessageContaining("64 bytes from offset 0 of 64").hasMessageContaining("PEER->LOCAL");
        });
    }

    @Test
    void closeOfTheOwnRegionInTheMiddleCancels() throws Exception {
        toys.toy.info.maxTransferBytes(16);
        DrayCore stepping = toys.load();
        MemoryRegion far = stepping.engine("toy").attach(registered(Access.READ));
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        Background<Void> copying =
                Background.run(() -> far.engine().copy(far, 0, stepping.wrap(Toys.empty(64)), 0, 64));
        gate.awaitArrival();
        Background<Void> closing = Background.run(far::close);
        closing.awaitBlockedOn(() -> !far.isOpen());
        gate.open();
        closing.get();
        assertThatThrownBy(copying::get).cause().isInstanceOfSatisfying(CopyException.class, e -> {
            assertThat(e.status()).isEqualTo(CopyStatus.CANCELLED);
            assertThat(e.bytesDone()).hasValue(16);
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> far.engine().copy(far, 0, stepping.wrap(Toys.empty(8)), 0, 8));
    }

    @Test
    void regionsOfOthersHaveNoTokenAndCannotBeRegistered() {
        MemoryRegion far = peer.engine("toy").attach(registered(Access.READ));
        assertThatThrownBy(far::token).isInstanceOf(UnsupportedOperationException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peer.engine("toy").register(far, Access.READ))
                .withMessageContaining("only a whole wrapped region");
    }

    @Test
    void moreThanSixteenEnginesCannotBeExportedAndLeaveNothing() {
        for (int i = 0; i < 16; i++) {
            toys.another("another-" + i);
        }
        DrayCore many = toys.load();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> many.export(Toys.empty(8), Access.READ))
                .withMessageContaining("1 to 16 tokens, not 17");
        assertThat(toys.toy.openRegions()).as("the trial region").isEqualTo(1);
    }

    @Test
    void nullIsRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> peer.attach(null)).withMessage("tokens");
        Tokens tokens = owner.export(Toys.empty(8), Access.READ).tokens();
        assertThatNullPointerException()
                .isThrownBy(() -> peer.attach(tokens, null))
                .withMessage("needed");
        assertThatNullPointerException()
                .isThrownBy(() -> peer.explain(tokens, null))
                .withMessage("needed");
        assertThatNullPointerException()
                .isThrownBy(() -> peer.engine("toy").attach(null))
                .withMessage("token");
        assertThatNullPointerException().isThrownBy(() -> peer.engine(null)).withMessage("backendId");
        assertThatNullPointerException().isThrownBy(() -> peer.admit(null)).withMessage("peer");
    }

    /** What an owner publishes is the first thing that goes when it closes its Dray; its lock is the last. */
    @Test
    void ownerThatIsClosingItsDrayIsStaleAndNotBroken() {
        RegionToken token = registered(Access.READ);
        toys.toy.fail(ToyBackend.Call.CONNECT, CopyStatus.IO_ERROR);
        assertStatus(() -> peer.engine("toy").attach(token), CopyStatus.IO_ERROR);
        toys.toy.before(ToyBackend.Call.CONNECT, () -> delete(token.owner(), ".r"));
        assertStatus(() -> peer.engine("toy").attach(token), CopyStatus.TOKEN_STALE);
    }

    private void delete(PeerId instance, String ending) {
        try {
            Files.delete(toys.directory().resolve(String.format("%016x%s", instance.instance(), ending)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
