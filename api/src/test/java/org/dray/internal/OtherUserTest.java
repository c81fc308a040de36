package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.toy.FileBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two users: this one is root, the other one is nobody in particular and runs in a JVM of its own. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the other user takes setpriv")
class OtherUserTest {
    private static final String PRIVATE = "rw-------";

    @TempDir
    static Path shared;

    private static Path classes;

    @TempDir
    Path parent;

    private final FileBackend backend = new FileBackend();
    private Path drays;
    private DrayCore dray;

    @BeforeEach
    void load() throws Exception {
        OtherUser.assumeThatThereCanBeOne();
        if (classes == null) {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
            classes = OtherUser.copyClasses(shared.resolve("classes"));
        }
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        drays = parent.resolve("dray-%u");
        dray = OtherUserMain.load(drays, backend);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (dray == null) {
            return;
        }
        dray.close();
        Quarantine.reap();
        assertThat(modes(directory(0))).as("files of this user").isEmpty();
    }

    private Path directory(int uid) {
        return parent.resolve("dray-" + uid);
    }

    private OtherUser start() throws IOException {
        return new OtherUser(OtherUser.UID, classes, drays, "022");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** The modes of all files, by the endings of their names. */
    private static Map<String, String> modes(Path directory) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                modes.put(file.getFileName().toString().substring(16), mode(file));
            }
        }
        return modes;
    }

    private MemoryRegion allocate() {
        return dray.engine(FileBackend.ID).allocate(OtherUserMain.REGION_BYTES, Access.READ_WRITE);
    }

    private static byte[] incremented(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i]++;
        }
        return bytes;
    }

    private static byte[] bytes(MemoryRegion region) {
        byte[] bytes = new byte[OtherUserMain.REGION_BYTES];
        region.map(0, OtherUserMain.REGION_BYTES).get(0, bytes);
        return bytes;
    }

    @Test
    void peerOfAnotherUserIsRefusedWithTheRemedyUntilItIsAdmitted() throws Exception {
        try (OtherUser peer = start();
                MemoryRegion region = allocate()) {
            assertThat(peer.attach(region.token()))
                    .containsExactly(
                            "PERMISSION",
                            "dray.admit",
                            "the owner calls dray.admit(peer) with this process's dray.self(), which is "
                                    + peer.self());
            assertThat(mode(directory(OtherUser.UID))).as("after a refusal").isEqualTo("rwx------");
            dray.admit(peer.self());
            assertThat(peer.attach(region.token())).containsExactly("done");
        }
    }

    @Test
    void admittedPeerCopiesBothWays() throws Exception {
        try (OtherUser peer = start();
                MemoryRegion region = allocate()) {
            region.map(0, OtherUserMain.REGION_BYTES).put(0, OtherUserMain.pattern(7));
            dray.admit(peer.self());
            assertThat(peer.attach(region.token())).containsExactly("done");
            peer.ask("increment");
            assertThat(bytes(region)).isEqualTo(incremented(OtherUserMain.pattern(7)));
        }
    }

    @ParameterizedTest(name = "umask {0}")
    @ValueSource(strings = {"000", "022", "077"})
    void admittedPeerOwnsAndThisUserCopiesBothWays(String umask) throws Exception {
        ByteBuffer near = ByteBuffer.allocateDirect(OtherUserMain.REGION_BYTES).put(0, OtherUserMain.pattern(9));
        try (OtherUser owner = new OtherUser(OtherUser.UID, classes, drays, umask);
                MemoryRegion local = dray.wrap(near)) {
            owner.admit(dray.self());
            RegionToken token = owner.share();
            owner.ask("fill");
            MemoryRegion mine = allocate();
            MemoryRegion far = dray.engine(FileBackend.ID).attach(token);
            far.engine().copy(far, 0, mine, 0, OtherUserMain.REGION_BYTES);
            assertThat(bytes(mine)).isEqualTo(OtherUserMain.pattern(3));
            far.engine().copy(local, 0, far, 0, OtherUserMain.REGION_BYTES);
            assertThat(HexFormat.of().parseHex(owner.ask("show").get(0))).isEqualTo(OtherUserMain.pattern(9));
            assertThat(modes(directory(OtherUser.UID)))
                    .containsEntry(".alive", "rw-r--r--")
                    .containsEntry(".r", "rw-r--r--")
                    .containsEntry(".c", "rw-rw-rw-");
            owner.ask("close");
            assertThat(modes(directory(OtherUser.UID))).isEmpty();
            assertThatThrownBy(() -> far.engine().copy(far, 0, mine, 0, 1))
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE));
        }
    }

    @Test
    void attachingShowsOnlyWhetherThePeerLives() throws Exception {
        try (OtherUser peer = start();
                MemoryRegion region = allocate()) {
            peer.share();
            dray.admit(peer.self());
            Map<String, String> before = modes(directory(OtherUser.UID));
            assertThat(before).containsEntry(".alive", PRIVATE);
            assertThat(peer.attach(region.token())).containsExactly("done");
            before.put(".alive", "rw-r--r--");
            assertThat(modes(directory(OtherUser.UID))).isEqualTo(before);
            assertThat(mode(directory(OtherUser.UID))).isEqualTo("rwx--x--x");
        }
    }

    @Test
    void copyOfALivingPeerHoldsACloseAndThatOfAKilledOneDoesNot() throws Exception {
        try (OtherUser peer = start()) {
            MemoryRegion region = allocate();
            dray.admit(peer.self());
            assertThat(peer.attach(region.token())).containsExactly("done");
            peer.ask("stick");
            assertThatThrownBy(region::close)
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.BUSY));
            peer.kill();
            region.close();
            dray.close();
        }
        try (OtherUser next = start()) {
            assertThat(next.self().uid()).isEqualTo(OtherUser.UID);
            assertThat(modes(directory(OtherUser.UID)))
                    .as("what the killed one left is swept by the next of its user")
                    .containsOnlyKeys(".alive");
        }
    }

    @Test
    void attachingAdmitsNobody() throws Exception {
        try (OtherUser owner = start();
                OtherUser peer = new OtherUser(OtherUser.UID + 1, classes, drays, "022")) {
            RegionToken theirs = peer.share();
            RegionToken token = owner.share();
            owner.admit(peer.self());
            assertThat(peer.attach(token)).containsExactly("done");
            assertThat(owner.attach(theirs)).startsWith("PERMISSION", "dray.admit");
            peer.admit(owner.self());
            assertThat(owner.attach(theirs)).containsExactly("done");
        }
    }

    @Test
    void ownLockInPlaceOfAPeersIsNotLostByLookingAtIt() throws Exception {
        try (OtherUser peer = start()) {
            MemoryRegion region = allocate();
            dray.admit(peer.self());
            assertThat(peer.attach(region.token())).containsExactly("done");
            peer.ask("stick");
            Path own = dray.instance().aliveFile(dray.self());
            Path planted = dray.instance().aliveFile(peer.self());
            Files.delete(planted);
            Files.createLink(planted, own);
            assertThatThrownBy(region::close)
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.BUSY));
            Object inode = Files.getAttribute(own, "unix:ino");
            assertThat(Files.readString(Path.of("/proc/locks"))).contains(":" + inode + " ");
            Files.delete(planted);
            peer.kill();
            region.close();
        }
    }

    @Test
    void twoUsersWithoutPrivilegesCopyAndSeeEachOtherLiveAndDie() throws Exception {
        try (OtherUser owner = new OtherUser(OtherUser.UID, classes, drays, "077");
                OtherUser peer = new OtherUser(OtherUser.UID + 1, classes, drays, "077")) {
            RegionToken token = owner.share();
            owner.ask("fill");
            assertThat(peer.attach(token)).startsWith("PERMISSION", "dray.admit");
            owner.admit(peer.self());
            assertThat(peer.attach(token)).containsExactly("done");
            peer.ask("increment");
            byte[] expected = incremented(OtherUserMain.pattern(3));
            assertThat(HexFormat.of().parseHex(owner.ask("show").get(0))).isEqualTo(expected);
            peer.ask("stick");
            assertThat(owner.ask("release")).containsExactly("BUSY");
            peer.kill();
            assertThat(owner.ask("release")).containsExactly("done");
            assertThat(owner.ask("close")).containsExactly("done");
            assertThat(modes(directory(OtherUser.UID))).isEmpty();
        }
    }

    @Test
    void userWithoutPrivilegesIsToldThatAnOwnerHasEnded() throws Exception {
        try (OtherUser peer = start();
                OtherUser owner = new OtherUser(OtherUser.UID + 1, classes, drays, "022")) {
            RegionToken admitted = owner.share();
            owner.admit(peer.self());
            assertThat(peer.attach(admitted)).containsExactly("done");
            owner.kill();
            assertThat(peer.attach(admitted).get(0)).isEqualTo("PEER_GONE");
        }
    }

    @Test
    void killedOwnerOfAnotherUserIsGone() throws Exception {
        try (OtherUser owner = start()) {
            owner.admit(dray.self());
            RegionToken token = owner.share();
            dray.engine(FileBackend.ID).attach(token).close();
            owner.kill();
            assertThatThrownBy(() -> dray.engine(FileBackend.ID).attach(token))
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.PEER_GONE));
        }
    }

    @Test
    void directoryThatSomebodyElseMadeForTheOwnerIsRefused() throws Exception {
        try (OtherUser peer = start();
                MemoryRegion region = allocate()) {
            dray.admit(peer.self());
            Files.setAttribute(directory(0), "unix:uid", 54321);
            assertThat(peer.attach(region.token())).startsWith("PERMISSION", "dray.directory");
            Files.setAttribute(directory(0), "unix:uid", 0);
            Files.setPosixFilePermissions(directory(0), PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThat(peer.attach(region.token())).startsWith("PERMISSION", "dray.directory");
            Files.setPosixFilePermissions(directory(0), PosixFilePermissions.fromString("rwx--x--x"));
            assertThat(peer.attach(region.token())).containsExactly("done");
        }
    }

    @Test
    void namesInTheDirectoryCannotBeListedByOthers() throws Exception {
        try (OtherUser peer = start()) {
            dray.admit(peer.self());
            Process listing = new ProcessBuilder(
                            "setpriv",
                            "--reuid",
                            "" + OtherUser.UID,
                            "--regid",
                            "" + OtherUser.UID,
                            "--clear-groups",
                            "ls",
                            directory(0).toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(listing.getInputStream().readAllBytes())).contains("Permission denied");
            assertThat(listing.waitFor()).isNotZero();
        }
    }

    @Test
    void configuredDirectoryWithoutAUserInItsNameSaysWhatItNeeds() throws Exception {
        try (OtherUser owner = start();
                DrayCore elsewhere = OtherUserMain.load(parent.resolve("mine"), backend)) {
            owner.admit(dray.self());
            RegionToken token = owner.share();
            assertThatThrownBy(() -> elsewhere.engine(FileBackend.ID).attach(token))
                    .isInstanceOfSatisfying(CopyException.class, e -> {
                        assertThat(e.status()).isEqualTo(CopyStatus.PERMISSION);
                        assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.check()).isEqualTo("dray.directory");
                            assertThat(finding.remedy()).contains("%u");
                        });
                    });
        }
    }
}
