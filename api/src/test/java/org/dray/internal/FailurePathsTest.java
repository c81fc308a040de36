package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.Access;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Exported;
import org.dray.Finding;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.spi.CopyContext;
import org.dray.toy.ToyBackend;
import org.dray.toy.ToyBackend.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails, the fixture finds nothing left of it, and the next call works. */
class FailurePathsTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private static void assertStatus(Runnable call, CopyStatus status) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @EnumSource(names = {"REGISTER", "PUBLISHED"})
    void registrationThatFailsLeavesNothing(Call call) {
        DrayCore dray = toys.load();
        CopyEngine engine = dray.engine("toy");
        toys.toy.fail(call, new IllegalStateException("scripted"));
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.register(Toys.empty(8), Access.READ))
                .withMessage("scripted");
        assertThat(toys.toy.openRegions()).isZero();
        toys.toy.heal(call);
        MemoryRegion region = engine.register(Toys.empty(8), Access.READ);
        region.close();
        assertThat(toys.toy.openRegions()).as("the trial region").isEqualTo(1);
    }

    @Test
    void registrationThatFailsWithTheTrialRegionInPlaceLeavesNothing() {
        CopyEngine engine = toys.load().engine("toy");
        engine.register(Toys.empty(8), Access.READ).close();
        toys.toy.fail(Call.PUBLISHED, new IllegalStateException("scripted"));
        assertThatIllegalStateException().isThrownBy(() -> engine.register(Toys.empty(8), Access.READ));
        assertThat(toys.toy.openRegions()).as("the trial region").isEqualTo(1);
    }

    @Test
    void slotOfRegistrationThatFailedIsNotFound() {
        DrayCore owner = toys.load();
        RegionToken token =
                owner.engine("toy").register(Toys.empty(8), Access.READ).token();
        toys.toy.fail(Call.PUBLISHED, new IllegalStateException("scripted"));
        assertThatIllegalStateException().isThrownBy(() -> owner.engine("toy").register(Toys.empty(8), Access.READ));
        RegionToken next = new RegionToken(token.owner(), token.slot() + 1, 1, 8, Access.READ, false, "toy");
        assertStatus(() -> toys.load().engine("toy").attach(next), CopyStatus.TOKEN_STALE);
    }

    @Test
    void refusalOfTheSystemIsAnExceptionWithItsNumber() {
        CopyEngine engine = toys.load().engine("toy");
        toys.toy.fail(Call.REGISTER, CopyStatus.RESOURCE_LIMIT);
        assertThatThrownBy(() -> engine.register(Toys.empty(8), Access.READ))
                .isInstanceOfSatisfying(CopyException.class, e -> {
                    assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT);
                    assertThat(e.errno()).isEqualTo(5);
                    assertThat(e.engineId()).isEqualTo("toy");
                    assertThat(e).hasMessage("toy: RESOURCE_LIMIT: REGISTER was scripted to fail; errno 5");
                });
    }

    @Test
    void allocationAndSpaceThatFailLeaveNothing() {
        CopyEngine engine = toys.load().engine("toy");
        toys.toy.fail(Call.ALLOCATE, CopyStatus.RESOURCE_LIMIT);
        toys.toy.fail(Call.OPEN_SPACE, CopyStatus.DEVICE_HALTED);
        assertStatus(() -> engine.allocate(8, Access.READ), CopyStatus.RESOURCE_LIMIT);
        assertStatus(() -> engine.region(engine.info().spaces().get(2), 0, 8, Access.READ), CopyStatus.DEVICE_HALTED);
        assertThat(toys.toy.openRegions()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "ATTACH"})
    void attachThatFailsLeavesNoConnectionAndNoLane(Call call) {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        for (int i = 0; i < 200; i++) {
            toys.toy.fail(call, CopyStatus.PERMISSION);
            assertStatus(() -> peer.attach(exported.tokens()), CopyStatus.PERMISSION);
            toys.toy.fail(call, new IllegalStateException("scripted"));
            assertThatIllegalStateException().isThrownBy(() -> peer.attach(exported.tokens()));
        }
        assertThat(toys.toy.openPeers()).isZero();
        toys.toy.heal(call);
        peer.attach(exported.tokens()).close();
        assertThat(toys.toy.openPeers()).isZero();
    }

    @Test
    void trialCopyThatFailsLeavesNoConnection() {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        toys.toy.diagnosis = List.of(new Finding("toy.wall", "a wall", "a door", "open it"));
        toys.toy.onStep = step -> step.failAfter(0, CopyStatus.PERMISSION, 1);
        assertThatThrownBy(() -> peer.attach(exported.tokens()))
                .isInstanceOfSatisfying(CopyException.class, e -> {
                    assertThat(e.status()).isEqualTo(CopyStatus.PERMISSION);
                    assertThat(e.findings()).extracting(Finding::check).contains("toy.wall");
                })
                .hasMessageContaining("remedy: open it");
        assertThat(toys.toy.openPeers()).isZero();
    }

    @Test
    void trialCopyThatMovesNothingIsNoSuccess() {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        toys.toy.onStep = step -> step.answer(step.lengthBytes());
        assertThatThrownBy(() -> peer.attach(exported.tokens())).hasMessageContaining("delivered wrong bytes");
    }

    @Test
    void diagnosisThatThrowsDoesNotHideTheFailure() {
        DrayCore owner = toys.load();
        DrayCore peer = toys.load();
        Exported exported = owner.export(Toys.empty(8), Access.READ);
        MemoryRegion far = peer.attach(exported.tokens());
        toys.toy.fail(Call.DIAGNOSE, new IllegalStateException("scripted"));
        toys.toy.onStep = step -> step.failAfter(0, CopyStatus.PEER_GONE, 3);
        assertThatThrownBy(() -> far.engine().copy(far, 0, peer.wrap(Toys.empty(8)), 0, 8))
                .isInstanceOfSatisfying(CopyException.class, e -> {
                    assertThat(e.status()).isEqualTo(CopyStatus.PEER_GONE);
                    assertThat(e.getSuppressed()).hasSize(1);
                });
    }

    @Test
    void exportGoesOnWithoutAnEngineThatRefuses() {
        ToyBackend other = toys.another("other");
        DrayCore dray = toys.load();
        other.fail(Call.REGISTER, CopyStatus.RESOURCE_LIMIT);
        Exported exported = dray.export(Toys.empty(8), Access.READ);
        assertThat(exported.tokens().list()).extracting(RegionToken::backendId).containsExactly("toy");
        toys.toy.fail(Call.REGISTER, CopyStatus.PERMISSION);
        assertStatus(() -> dray.export(Toys.empty(8), Access.READ), CopyStatus.PERMISSION);
    }

    @Test
    void exportThatBreaksHalfWayClosesWhatItHas() {
        ToyBackend other = toys.another("zother");
        DrayCore dray = toys.load();
        assertThat(dray.engines()).extracting(CopyEngine::id).containsExactly("toy", "zother");
        other.fail(Call.REGISTER, new IllegalArgumentException("scripted"));
        assertThatThrownBy(() -> dray.export(Toys.empty(8), Access.READ)).hasMessage("scripted");
        assertThat(toys.toy.openRegions()).as("the trial region").isEqualTo(1);
    }

    @Test
    void admitAsksEveryEngineAlsoAfterOneFailed() {
        ToyBackend other = toys.another("zother");
        DrayCore dray = toys.load();
        boolean[] asked = new boolean[1];
        other.before(Call.ADMIT, () -> asked[0] = true);
        toys.toy.fail(Call.ADMIT, CopyStatus.PERMISSION);
        assertStatus(() -> dray.admit(dray.self()), CopyStatus.PERMISSION);
        assertThat(asked[0]).isTrue();
    }

    @Test
    void engineThatDoesNotOpenIsUnavailableAndHarmsNoOther() {
        ToyBackend other = toys.another("other");
        other.openFailure = new UnsatisfiedLinkError("no native");
        DrayCore dray = toys.load();
        assertThat(dray.engines()).extracting(CopyEngine::id).containsExactly("toy");
        assertThat(dray.reports().get(0).state()).isEqualTo(BackendReport.State.UNAVAILABLE);
        assertThat(dray.selection().toString()).contains("other.open", "no native");
    }

    @Test
    void requiredEngineThatDoesNotOpenClosesTheOthers() {
        ToyBackend other = toys.another("zother");
        other.openFailure = new IllegalStateException("scripted");
        assertStatus(() -> toys.load(options -> options.require("toy", "zother")), CopyStatus.UNAVAILABLE);
        assertThat(toys.toy.openDrivers()).isZero();
    }

    @Test
    void driverThatDescribesAnotherEngineIsRefusedAndClosed() {
        toys.toy.info = new ToyBackend("other").info;
        DrayCore dray = toys.load();
        assertThat(dray.engines()).isEmpty();
        assertThat(toys.toy.openDrivers()).isZero();
        assertThat(dray.reports().toString()).contains("the driver says that it is 'other'");
    }

    @Test
    void regionOfAnotherLengthThanAskedIsRefusedAndClosed() {
        CopyEngine engine = toys.load().engine("toy");
        engine.register(Toys.empty(8), Access.READ).close();
        toys.toy.extraBytes = 1;
        assertThatThrownBy(() -> engine.register(Toys.empty(8), Access.READ))
                .hasMessageContaining("a region of 9 bytes instead of 8");
        assertThat(toys.toy.openRegions()).as("the trial region").isEqualTo(1);
    }

    @Test
    void shortTransferWithoutReasonIsNoSuccess() {
        assertThat(failing(step -> step.answer(5)))
                .satisfies(e -> assertThat(e.status()).isEqualTo(CopyStatus.IO_ERROR))
                .satisfies(e -> assertThat(e.bytesDone()).hasValue(5))
                .hasMessageContaining("stopped short and gave no reason");
    }

    @Test
    void driverThatClaimsMoreOrLessThanPossibleIsNotBelieved() {
        assertThat(failing(step -> step.answer(step.lengthBytes() + 1)).bytesDone())
                .isEmpty();
        assertThat(failing(step -> step.answer(-1)).bytesDone()).isEmpty();
    }

    @Test
    void failureAfterTheLastByteIsNoSuccess() {
        CopyException e = failing(step -> step.failAfter(step.lengthBytes(), CopyStatus.PEER_REPLACED, 0));
        assertThat(e.status()).isEqualTo(CopyStatus.PEER_REPLACED);
        assertThat(e.bytesDone()).hasValue(16);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyStatusOfTheDriverReachesTheCaller(CopyStatus status) {
        CopyException e = failing(step -> step.failAfter(3, status, 17));
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.errno()).isEqualTo(17);
        assertThat(e.bytesDone()).hasValue(3);
        assertThat(e.route())
                .hasValueSatisfying(route -> assertThat(route.toString()).isEqualTo("LOCAL->LOCAL by CALLER"));
        assertThat(e)
                .hasMessage("toy: " + status
                        + " on LOCAL->LOCAL by CALLER: 16 bytes from offset 2 of 32 to offset 4 of 32: scripted;"
                        + " bytes done 3; errno 17");
    }

    @Test
    void lengthIsUnknownWhereTheRouteCannotTell() {
        toys.toy.info.partialReporting(org.dray.RouteInfo.PartialReporting.NONE);
        assertThat(failing(step -> step.failAfter(3, CopyStatus.IO_ERROR, 17)).bytesDone())
                .isEmpty();
    }

    @Test
    void failureInTheSecondStepCountsTheFirst() {
        toys.toy.info.maxTransferBytes(10);
        CopyException e =
                failing(step -> step.lengthBytes() == 10 || step.failAfter(2, CopyStatus.BAD_LOCAL_ADDRESS, 14));
        assertThat(e.bytesDone()).hasValue(12);
    }

    @Test
    void failureAfterTheLastByteOfAStepEndsTheCopy() {
        toys.toy.info.maxTransferBytes(10);
        CopyException e = failing(step -> step.failAfter(step.lengthBytes(), CopyStatus.PEER_GONE, 0));
        assertThat(e.status()).isEqualTo(CopyStatus.PEER_GONE);
        assertThat(e.bytesDone()).hasValue(10);
    }

    private CopyException failing(ToyBackend.StepHook hook) {
        DrayCore dray = toys.load();
        ByteBuffer memory = Toys.filled(32, 1);
        MemoryRegion from = dray.engine("toy").register(memory, Access.READ);
        MemoryRegion to = dray.wrap(Toys.empty(32));
        toys.toy.onStep = hook;
        try {
            from.engine().copy(from, 2, to, 4, 16);
        } catch (CopyException e) {
            toys.toy.onStep = null;
            from.engine().copy(from, 2, to, 4, 16);
            return e;
        }
        throw new AssertionError("the copy succeeded");
    }

    @Test
    void moreCopiesThanContextsWaitForAFreeOne() throws Exception {
        DrayCore dray = toys.load();
        MemoryRegion from = dray.engine("toy").register(Toys.filled(8, 1), Access.READ);
        MemoryRegion to = dray.wrap(Toys.empty(8));
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        List<Background<Void>> copies = java.util.stream.Stream.generate(
                        () -> Background.run(() -> from.engine().copy(from, 0, to, 0, 8)))
                .limit(CopyContext.COUNT + 8)
                .toList();
        gate.awaitArrivals(CopyContext.COUNT);
        gate.open();
        for (Background<Void> copy : copies) {
            copy.get();
        }
    }
}
