package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A close that runs into its bound, because a copy that uses the region does not end. */
class QuarantineTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private final Gate gate = new Gate();
    private DrayCore owner;
    private DrayCore peer;
    private Exported exported;
    private MemoryRegion far;
    private Background<Void> copying;

    /** A peer stands in the middle of a copy. */
    @BeforeEach
    void letPeerStandInCopy() throws Exception {
        owner = toys.loadImpatient();
        peer = toys.loadImpatient();
        exported = owner.export(Toys.filled(64, 1), Access.READ_WRITE);
        far = peer.attach(exported.tokens());
        MemoryRegion near = peer.wrap(Toys.empty(64));
        copying = startAndStop(() -> Toys.copyAll(far, near));
    }

    private Background<Void> startAndStop(Runnable copy) throws InterruptedException {
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        Background<Void> background = Background.run(copy);
        gate.awaitArrival();
        toys.toy.onStep = null;
        return background;
    }

    private void letCopyEnd() throws Exception {
        gate.open();
        copying.thread().join();
    }

    @Test
    void ownerAnswersBusyAndHoldsTheMemory() throws Exception {
        int before = toys.toy.openRegions();
        assertThatThrownBy(exported::close).isInstanceOfSatisfying(CopyException.class, e -> {
            assertThat(e.status()).isEqualTo(CopyStatus.BUSY);
            assertThat(e).hasMessageContaining("LOCAL region of 64 bytes").hasMessageContaining("close again");
        });
        assertThat(exported.regions().get(0).isOpen()).isFalse();
        assertThat(toys.toy.openRegions()).isEqualTo(before);
        letCopyEnd();
        assertThatThrownBy(copying::get)
                .as("the bytes may not be what the owner had published")
                .cause()
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE));
    }

    @Test
    void quarantinedSlotIsNotUsedAgain() throws Exception {
        int slot = exported.tokens().list().get(0).slot();
        LifetimeTest.assertBusy(exported::close);
        for (int i = 0; i < 10; i++) {
            assertThat(owner.export(Toys.empty(8), Access.READ)
                            .tokens()
                            .list()
                            .get(0)
                            .slot())
                    .isNotEqualTo(slot);
        }
        letCopyEnd();
    }

    @Test
    void quarantinedRegionIsStaleForWhoeverAttaches() throws Exception {
        RegionToken token = exported.tokens().list().get(0);
        LifetimeTest.assertBusy(exported::close);
        assertThatThrownBy(() -> peer.engine("toy").attach(token))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE));
        letCopyEnd();
    }

    @Test
    void closeAgainReleasesOnceTheCopyHasEnded() throws Exception {
        int before = toys.toy.openRegions();
        LifetimeTest.assertBusy(exported::close);
        LifetimeTest.assertBusy(exported::close);
        letCopyEnd();
        exported.close();
        assertThat(toys.toy.openRegions()).isEqualTo(before - 1);
    }

    @Test
    void nextRegistrationReapsIt() throws Exception {
        int before = toys.toy.openRegions();
        LifetimeTest.assertBusy(exported::close);
        letCopyEnd();
        owner.engine("toy").register(Toys.empty(8), Access.READ);
        assertThat(toys.toy.openRegions()).isEqualTo(before - 1 + 1);
    }

    @Test
    void peerThatIsClosedMidCopyStaysAliveForTheOwnerUntilTheCopyEnds() throws Exception {
        LifetimeTest.assertBusy(peer::close);
        assertThat(toys.files())
                .as("the lock that tells the owner that this process may still write")
                .contains(String.format("%016x.alive", peer.self().instance()));
        LifetimeTest.assertBusy(exported::close);
        letCopyEnd();
        exported.close();
    }

    @Test
    void closeOfPeersDrayIsFinishedByTheNextClose() throws Exception {
        LifetimeTest.assertBusy(peer::close);
        letCopyEnd();
        peer.close();
        assertThat(toys.toy.openDrivers()).isEqualTo(1);
        assertThat(toys.toy.openPeers()).isZero();
    }

    @Test
    void closeOfOwnersDrayIsFinishedByAnybodysNextRegistration() throws Exception {
        LifetimeTest.assertBusy(owner::close);
        assertThat(toys.toy.openDrivers()).isEqualTo(2);
        letCopyEnd();
        peer.engine("toy").register(Toys.empty(8), Access.READ);
        assertThat(toys.toy.openDrivers()).isEqualTo(1);
        assertThat(toys.files())
                .noneMatch(name ->
                        name.startsWith(String.format("%016x", owner.self().instance())));
    }

    @Test
    void regionThatIsBusyInsideItsOwnProcessIsHiddenFromPeersAtOnce() throws Exception {
        ByteBuffer memory = Toys.empty(8);
        Exported other = owner.export(memory, Access.READ_WRITE);
        MemoryRegion own = other.regions().get(0);
        Background<Void> ownCopy = startAndStop(() -> own.engine().copy(own, 0, owner.wrap(Toys.empty(8)), 0, 8));
        LifetimeTest.assertBusy(other::close);
        assertThatThrownBy(() -> peer.engine("toy").attach(other.tokens().list().get(0)))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE));
        letCopyEnd();
        ownCopy.get();
    }

    @Test
    void othersAreClosedAllTheSame() throws Exception {
        Exported other = owner.export(Toys.empty(8), Access.READ);
        LifetimeTest.assertBusy(owner::close);
        assertThat(other.regions().get(0).isOpen()).isFalse();
        assertThat(toys.toy.openRegions())
                .as("what the copy uses: its region here, there and its own; the trial region is closed")
                .isEqualTo(3);
        letCopyEnd();
    }

    @Test
    void longestBoundDoesNotOverflow() throws Exception {
        DrayCore patient = toys.load(options -> options.closeTimeoutNanos(Long.MAX_VALUE));
        Exported other = patient.export(Toys.empty(8), Access.READ);
        MemoryRegion attached = peer.attach(other.tokens());
        MemoryRegion own = patient.wrap(Toys.empty(8));
        Background<Void> copy = startAndStop(() -> attached.engine().copy(attached, 0, peer.wrap(Toys.empty(8)), 0, 8));
        Background<Void> ownCopy =
                startAndStop(() -> patient.engine("toy").copy(own, 0, patient.wrap(Toys.empty(8)), 0, 8));
        List<Background<Void>> closings = List.of(Background.run(other::close), Background.run(own::close));
        Background.await(() -> !other.regions().get(0).isOpen() && !own.isOpen());
        for (Background<Void> closing : closings) {
            closing.thread().join(TimeUnit.MILLISECONDS.toMillis(20));
            assertThat(closing.thread().isAlive()).as("still waits").isTrue();
        }
        letCopyEnd();
        for (Background<Void> closing : closings) {
            closing.get();
        }
        assertThatThrownBy(copy::get).hasCauseInstanceOf(CopyException.class);
        ownCopy.get();
    }
}
