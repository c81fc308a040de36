package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionToken;
import org.dray.toy.ToyBackend.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From open to closed, for regions, engines and a Dray. */
class LifetimeTest {
    @RegisterExtension
    final Toys toys = new Toys();

    @Test
    void closedRegionRefusesCopiesOnBothSides() {
        CopyEngine engine = toys.load().engine("toy");
        MemoryRegion open = engine.register(Toys.filled(16, 1), Access.READ_WRITE);
        ByteBuffer memory = Toys.filled(16, 2);
        MemoryRegion closed = engine.register(memory, Access.READ_WRITE);
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> engine.copy(closed, 0, open, 0, 16));
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.copy(open, 0, closed, 0, 16))
                .withMessage("the LOCAL region of 16 bytes is closed");
        assertThatIllegalStateException().isThrownBy(() -> engine.copy(open, 0, closed, 0, 0));
        assertThat(memory).isEqualTo(Toys.filled(16, 2));
    }

    @Test
    void closedRegionRefusesEverythingElse() {
        CopyEngine engine = toys.load().engine("toy");
        MemoryRegion region = engine.allocate(16, Access.READ_WRITE);
        AddressSpace space = engine.info().spaces().get(3);
        MemoryRegion persistent = engine.region(space, 0, 16, Access.READ_WRITE);
        region.close();
        persistent.close();
        assertThat(region.isOpen()).isFalse();
        assertThatIllegalStateException().isThrownBy(region::token);
        assertThatIllegalStateException().isThrownBy(() -> region.slice(0, 1));
        assertThatIllegalStateException().isThrownBy(() -> region.map(0, 1));
        assertThatIllegalStateException().isThrownBy(() -> persistent.flush(0, 1));
        assertThat(region.byteSize()).isEqualTo(16);
        assertThat(region.toString()).endsWith("closed");
    }

    @Test
    void closingTwiceReleasesOnce() {
        DrayCore dray = toys.load();
        MemoryRegion region = dray.engine("toy").register(Toys.empty(16), Access.READ);
        region.close();
        region.close();
        Exported exported = dray.export(Toys.empty(16), Access.READ);
        exported.close();
        exported.close();
        dray.close();
        dray.close();
        assertThat(toys.toy.openDrivers()).isZero();
    }

    @Test
    void closingDrayClosesItsRegionsAndThenItsDrivers() throws Exception {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.filled(64, 3), Access.READ_WRITE);
        MemoryRegion far = peer.attach(exported.tokens());
        MemoryRegion near = peer.wrap(Toys.empty(64));
        Toys.copyAll(far, near);
        peer.close();
        assertThat(List.of(far.isOpen(), near.isOpen())).containsOnly(false);
        owner.close();
        assertThat(exported.regions().get(0).isOpen()).isFalse();
        assertThat(toys.toy.openRegions() + toys.toy.openPeers() + toys.toy.openDrivers())
                .isZero();
        assertThat(toys.files()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOfClosedDray")
    void closedDrayRefuses(String name, Using call) {
        DrayCore dray = toys.load();
        DrayCore other = toys.load();
        Exported exported = other.export(Toys.empty(8), Access.READ);
        Fixture fixture = new Fixture(dray, dray.engine("toy"), exported, dray.wrap(Toys.empty(8)));
        dray.close();
        assertThatIllegalStateException().isThrownBy(() -> call.of(fixture));
        assertThat(toys.toy.openRegions())
                .as("of the other Dray: its region and its trial region")
                .isEqualTo(2);
    }

    record Fixture(Dray dray, CopyEngine engine, Exported exported, MemoryRegion wrapped) {}

    interface Using {
        void of(Fixture fixture);
    }

    private static Arguments call(String name, Using call) {
        return Arguments.of(name, call);
    }

    static Stream<Arguments> callsOfClosedDray() {
        ByteBuffer memory = ByteBuffer.allocateDirect(8);
        return Stream.of(
                call("engines", f -> f.dray().engines()),
                call("engine", f -> f.dray().engine("toy")),
                call("notifiers", f -> f.dray().notifiers()),
                call("export", f -> f.dray().export(memory, Access.READ)),
                call("export wrapped", f -> f.dray().export(f.wrapped(), Access.READ)),
                call("attach", f -> f.dray().attach(f.exported().tokens())),
                call("attach with access", f -> f.dray().attach(f.exported().tokens(), Access.READ)),
                call("explain", f -> f.dray().explain(f.exported().tokens(), Access.READ)),
                call("wrap", f -> f.dray().wrap(memory)),
                call("wrap segments", f -> f.dray().wrap(List.of(memory))),
                call("wrapAddress", f -> f.dray().wrapAddress(4096, 8, memory)),
                call("admit", f -> f.dray().admit(f.dray().self())),
                call("register", f -> f.engine().register(memory, Access.READ)),
                call("register wrapped", f -> f.engine().register(f.wrapped(), Access.READ)),
                call("allocate", f -> f.engine().allocate(8, Access.READ)),
                call(
                        "attach token",
                        f -> f.engine().attach(f.exported().tokens().list().get(0))),
                call("region", f -> f.engine().region(f.engine().info().spaces().get(2), 0, 8, Access.READ)),
                call("copy", f -> f.engine().copy(f.wrapped(), 0, f.wrapped(), 0, 8)),
                call("copyAsync", f -> f.engine().copyAsync(f.wrapped(), 0, f.wrapped(), 0, 8)),
                call("openChannel", f -> f.engine().openChannel(new org.dray.ChannelOptions(1, true))));
    }

    @Test
    void closedDrayStillTellsWhatItWas() {
        DrayCore dray = toys.load();
        dray.close();
        assertThat(dray.reports()).hasSize(1);
        assertThat(dray.selection().chosen()).isPresent();
        assertThat(dray.self().pid()).isEqualTo((int) ProcessHandle.current().pid());
    }

    @Test
    void registrationThatBeganBeforeTheCloseEndsBeforeTheDriver() throws Exception {
        DrayCore dray = toys.load();
        Gate gate = new Gate();
        toys.toy.before(Call.REGISTER, gate::pass);
        Background<MemoryRegion> registering =
                Background.run(() -> dray.engine("toy").register(Toys.empty(8), Access.READ));
        gate.awaitArrival();
        Background<Void> closing = Background.run(dray::close);
        closing.awaitBlockedOn(() -> Toys.isClosed(dray));
        assertThat(toys.toy.openDrivers()).isEqualTo(1);
        gate.open();
        closing.get();
        assertThatThrownBy(registering::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(toys.toy.openRegions()).isZero();
    }

    @Test
    void registrationThatOutlastsTheBoundIsClosedWhenItEnds() throws Exception {
        DrayCore dray = toys.loadImpatient();
        Gate gate = new Gate();
        toys.toy.before(Call.REGISTER, gate::pass);
        Background<MemoryRegion> registering =
                Background.run(() -> dray.engine("toy").register(Toys.empty(8), Access.READ));
        gate.awaitArrival();
        assertBusy(dray::close);
        assertThat(toys.toy.openDrivers())
                .as("a driver with a call in it stays open")
                .isEqualTo(1);
        gate.open();
        assertThatThrownBy(registering::get).hasCauseInstanceOf(IllegalStateException.class);
        dray.close();
        assertThat(toys.toy.openDrivers()).isZero();
    }

    static void assertBusy(Runnable close) {
        assertThatThrownBy(close::run)
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.BUSY));
    }

    @Test
    void attachThatBeganBeforeTheCloseEndsBeforeTheDriver() throws Exception {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        Gate gate = new Gate();
        toys.toy.before(Call.CONNECT, gate::pass);
        Background<MemoryRegion> attaching = Background.run(() -> peer.attach(exported.tokens()));
        gate.awaitArrival();
        Background<Void> closing = Background.run(peer::close);
        closing.awaitBlockedOn(() -> Toys.isClosed(peer));
        gate.open();
        closing.get();
        assertThatThrownBy(attaching::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(toys.toy.openPeers()).isZero();
    }

    @Test
    void longCopyIsCancelledByItsDraysClose() throws Exception {
        DrayCore dray = toys.load();
        toys.toy.info.maxTransferBytes(16);
        DrayCore slow = toys.load();
        MemoryRegion from = slow.engine("toy").register(Toys.filled(64, 1), Access.READ);
        MemoryRegion to = slow.engine("toy").register(Toys.empty(64), Access.WRITE);
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        Background<Void> copying = Background.run(() -> Toys.copyAll(from, to));
        gate.awaitArrival();
        Background<Void> closing = Background.run(slow::close);
        closing.awaitBlockedOn(() -> Toys.isClosed(slow));
        gate.open();
        closing.get();
        assertThatThrownBy(copying::get).cause().isInstanceOfSatisfying(CopyException.class, e -> {
            assertThat(e.status()).isEqualTo(CopyStatus.CANCELLED);
            assertThat(e.bytesDone()).hasValue(16);
            assertThat(e).hasMessageContaining("64 bytes from offset 0 of 64 to offset 0 of 64");
        });
        assertThat(dray.engine("toy").info().routes()).isNotEmpty();
    }

    @Test
    void secondCloserReturnsAfterTheFirstHasReleased() throws Exception {
        DrayCore dray = toys.load();
        MemoryRegion region = dray.engine("toy").register(Toys.filled(8, 1), Access.READ);
        MemoryRegion near = dray.wrap(Toys.empty(8));
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        Background<Void> copying = Background.run(() -> Toys.copyAll(region, near));
        gate.awaitArrival();
        Background<Void> first = Background.run(region::close);
        first.awaitBlockedOn(() -> !region.isOpen());
        int before = toys.toy.openRegions();
        Background<Integer> second = Background.run(() -> {
            region.close();
            return toys.toy.openRegions();
        });
        gate.open();
        copying.get();
        first.get();
        assertThat(second.get()).isEqualTo(before - 1);
    }

    @Test
    void wrappedRegionThatNobodyClosedIsClosedWithItsDray() {
        DrayCore dray = toys.load();
        MemoryRegion a = dray.wrap(Toys.empty(8));
        MemoryRegion b = dray.wrap(Toys.empty(8));
        dray.engine("toy").copy(a, 0, b, 0, 8);
        dray.close();
        assertThat(List.of(a.isOpen(), b.isOpen())).containsOnly(false);
        assertThat(toys.toy.violations()).isEmpty();
    }

    @Test
    @Timeout(15)
    void wrappingForACopyDoesNotWaitForTheCloseThatWaitsForIt() throws Exception {
        DrayCore dray = toys.load();
        MemoryRegion from = dray.wrap(Toys.filled(8, 1));
        MemoryRegion to = dray.wrap(Toys.empty(8));
        Gate gate = new Gate();
        toys.toy.before(Call.WRAP, gate::pass);
        Background<Void> copying = Background.run(() -> dray.engine("toy").copy(from, 0, to, 0, 8));
        gate.awaitArrival();
        Background<Void> closing = Background.run(to::close);
        closing.awaitBlockedOn(() -> !to.isOpen());
        gate.open();
        closing.get();
        copying.get();
        assertThat(toys.toy.openRegions()).as("of the source").isEqualTo(1);
    }

    @Test
    void driverThatFailsToCloseHarmsNoOther() {
        toys.another("other");
        DrayCore dray = toys.load();
        toys.toy.fail(Call.CLOSE_DRIVER, new IllegalStateException("scripted"));
        assertThatIllegalStateException().isThrownBy(dray::close).withMessage("scripted");
        assertThat(dray.engineCount()).isEqualTo(2);
    }

    @Test
    void regionThatFailsToCloseHarmsNoOther() {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        peer.attach(exported.tokens());
        toys.toy.fail(Call.CLOSE_REGION, new IllegalStateException("scripted"));
        assertThatIllegalStateException().isThrownBy(peer::close).withMessage("scripted");
        assertThat(toys.toy.openPeers())
                .as("the connection is closed all the same")
                .isZero();
        toys.toy.heal(Call.CLOSE_REGION);
        peer.close();
        assertThat(toys.toy.openDrivers()).isEqualTo(1);
    }

    @Test
    @Timeout(15)
    void boundOfCloseHoldsForAllRegionsTogether() throws Exception {
        DrayCore dray = toys.load(options -> options.closeTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(500)));
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        List<Background<Void>> copies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            MemoryRegion from = dray.engine("toy").register(Toys.empty(8), Access.READ);
            MemoryRegion to = dray.wrap(Toys.empty(8));
            copies.add(Background.run(() -> Toys.copyAll(from, to)));
        }
        gate.awaitArrivals(copies.size());
        assertBusy(dray::close);
        gate.open();
        for (Background<Void> copy : copies) {
            copy.get();
        }
    }

    @Test
    void filesAreGoneBeforeADriverMayDropTheLock() {
        DrayCore dray = toys.load();
        dray.engine("toy").register(Toys.filled(16, 1), Access.READ);
        List<String> files = new ArrayList<>();
        toys.toy.before(Call.CLOSE_DRIVER, () -> files.addAll(names()));
        dray.close();
        assertThat(files).isEmpty();
    }

    private List<String> names() {
        try {
            return toys.files();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anOwnerThatClosesWhileAPeerConnectsIsStaleAndNotReplaced() {
        DrayCore owner = toys.load();
        Dray peer = toys.load();
        RegionToken token =
                owner.engine("toy").register(Toys.filled(16, 1), Access.READ).token();
        toys.toy.before(Call.CONNECT, owner::close);
        toys.toy.fail(Call.CONNECT, CopyStatus.PEER_REPLACED);
        assertStale(peer, token);
        toys.toy.heal(Call.CONNECT);
    }

    @Test
    void aTokenOfADrayThatHasPublishedNothingIsStale() {
        PeerId owner = toys.load().self();
        assertStale(toys.load(), new RegionToken(owner, 0, 1, 16, Access.READ, false, "toy"));
    }

    private static void assertStale(Dray peer, RegionToken token) {
        assertThatThrownBy(() -> peer.engine("toy").attach(token))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE));
    }
}
