package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.PeerId;
import org.dray.spi.Extents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Owners and peers in another JVM, alive and killed by SIGKILL. */
@Timeout(60)
class OtherProcessTest {
    @TempDir
    Path parent;

    private Path base;
    private Instance instance;

    @BeforeEach
    void make() throws IOException {
        base = parent.resolve("base");
        instance = Instance.create(Optional.of(base));
    }

    @AfterEach
    void close() throws IOException {
        instance.close();
    }

    private List<String> filesOf(PeerId id) throws IOException {
        try (Stream<Path> files = Files.list(base)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(String.format("%016x", id.instance())))
                    .sorted()
                    .toList();
        }
    }

    private void load() throws IOException {
        Instance.create(Optional.of(base)).close();
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
    }

    @Test
    void filesOfAKilledOwnerAreSweptByTheNextLoad() throws Exception {
        try (OtherJvm owner = OtherJvm.owner(base)) {
            load();
            assertThat(filesOf(owner.id())).as("of a living owner").hasSize(3);
            Files.createFile(instance.file(owner.id(), ".toymem"));
            owner.kill();
            assertThat(filesOf(owner.id())).hasSize(4);
            load();
            assertThat(filesOf(owner.id())).isEmpty();
            assertThat(filesOf(instance.self())).as("of this process").hasSize(1);
        }
    }

    @Test
    void livingOwnerIsAliveAndAKilledOneIsGone() throws Exception {
        try (OtherJvm owner = OtherJvm.owner(base)) {
            assertThat(OwnerProbe.isAlive(instance, owner.id())).isTrue();
            PeerDirectory.open(instance, owner.id()).close();
            owner.kill();
            assertThat(OwnerProbe.isAlive(instance, owner.id())).isFalse();
            assertThat(explained(owner.id()).status()).isEqualTo(CopyStatus.PEER_GONE);
            load();
            assertThat(explained(owner.id()).status()).as("after the sweep").isEqualTo(CopyStatus.PEER_GONE);
        }
    }

    private CopyException explained(PeerId owner) {
        assertThatThrownBy(() -> OwnerProbe.requireAlive(instance, owner)).isInstanceOf(IOException.class);
        return OwnerProbe.explain(instance, owner, "toy", new IOException("scripted"));
    }

    @Test
    void lockIsSeenByAnInterruptedThread() throws Exception {
        try (OtherJvm owner = OtherJvm.owner(base)) {
            Thread.currentThread().interrupt();
            try {
                Path alive = instance.aliveFile(owner.id());
                assertThat(AliveLock.query(alive)).isEqualTo(AliveLock.State.HELD);
                Instance.create(Optional.of(base)).close();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
            }
            owner.kill();
            assertThat(AliveLock.query(instance.aliveFile(owner.id()))).isEqualTo(AliveLock.State.FREE);
        }
    }

    @Test
    void claimOfALivingPeerHoldsACloseAndThatOfAKilledOneDoesNot() throws Exception {
        OwnerDirectory directory = OwnerDirectory.create(instance);
        Publication publication = directory.publish("toy", Access.READ, false, Extents.of(4096, 8), -1);
        try (OtherJvm peer = OtherJvm.claimant(base, instance.self())) {
            directory.hide(publication);
            assertThat(directory.retire(publication, soon())).isFalse();
            assertThat(directory
                            .publish("toy", Access.READ, false, Extents.of(4096, 8), -1)
                            .slot())
                    .isNotEqualTo(publication.slot());
            peer.kill();
            assertThat(directory.retire(publication, System.nanoTime()))
                    .as("also without patience")
                    .isTrue();
        }
    }

    @Test
    void claimOfAPeerThatWasKilledAndSweptDoesNotHoldAClose() throws Exception {
        OwnerDirectory directory = OwnerDirectory.create(instance);
        Publication publication = directory.publish("toy", Access.READ, false, Extents.of(4096, 8), -1);
        try (OtherJvm peer = OtherJvm.claimant(base, instance.self())) {
            peer.kill();
            load();
            assertThat(filesOf(peer.id())).isEmpty();
            directory.hide(publication);
            assertThat(directory.retire(publication, soon())).isTrue();
        }
    }

    @Test
    void peerWhoseFileWasRemovedUnderItIsNotTakenForDead() throws Exception {
        OwnerDirectory directory = OwnerDirectory.create(instance);
        Publication publication = directory.publish("toy", Access.READ, false, Extents.of(4096, 8), -1);
        try (OtherJvm peer = OtherJvm.claimant(base, instance.self())) {
            Files.delete(instance.aliveFile(peer.id()));
            directory.hide(publication);
            assertThat(directory.retire(publication, soon())).isFalse();
            peer.kill();
            assertThat(directory.retire(publication, soon())).isTrue();
        }
    }

    @Test
    void closeInAnInterruptedThreadSeesTheDeathOfAPeer() throws Exception {
        OwnerDirectory directory = OwnerDirectory.create(instance);
        Publication publication = directory.publish("toy", Access.READ, false, Extents.of(4096, 8), -1);
        try (OtherJvm peer = OtherJvm.claimant(base, instance.self())) {
            peer.kill();
            directory.hide(publication);
            Thread.currentThread().interrupt();
            assertThat(directory.retire(publication, soon())).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void laneOfAKilledPeerIsTakenOverWithoutItsClaims() throws Exception {
        OwnerDirectory directory = OwnerDirectory.create(instance);
        Publication publication = directory.publish("toy", Access.READ, false, Extents.of(4096, 8), -1);
        List<PeerDirectory> lanes = new ArrayList<>();
        try (OtherJvm peer = OtherJvm.claimant(base, instance.self());
                Instance self = Instance.create(Optional.of(base))) {
            for (int i = 1; i < ClaimsLayout.LANES; i++) {
                lanes.add(PeerDirectory.open(self, instance.self()));
            }
            assertThatThrownBy(() -> PeerDirectory.open(self, instance.self()))
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.RESOURCE_LIMIT))
                    .hasMessageContaining("serves 128 peers at a time, and all lanes are taken");
            peer.kill();
            lanes.add(PeerDirectory.open(self, instance.self()));
            directory.hide(publication);
            assertThat(directory.retire(publication, System.nanoTime()))
                    .as("the claim went with its lane")
                    .isTrue();
            lanes.forEach(PeerDirectory::close);
        }
    }

    @Test
    void peerThatOpensInAnotherDirectoryIsToldWhichFileIsMissing() throws Exception {
        try (OtherJvm owner = OtherJvm.owner(base);
                Instance elsewhere = Instance.create(Optional.of(parent.resolve("elsewhere")))) {
            CopyException e = OwnerProbe.explain(elsewhere, owner.id(), "toy", new IOException("scripted"));
            assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE);
            assertThat(e).hasMessageContaining("elsewhere").hasMessageContaining("another -Ddray.directory");
        }
    }
}
