package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.PeerId;
import org.dray.toy.ToyBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an admission opens, and what it does not. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no modes there")
class AdmitTest {
    private static final String PRIVATE = "rw-------";
    private static final Map<String, String> CLOSED = Map.of(".alive", PRIVATE, ".c", PRIVATE, ".r", PRIVATE);
    private static final Map<String, String> OPEN = Map.of(".alive", "rw-r--r--", ".c", "rw-rw-rw-", ".r", "rw-r--r--");

    @RegisterExtension
    final Toys toys = new Toys();

    private static PeerId ofUser(DrayCore dray, int uid) {
        PeerId id = dray.self();
        return new PeerId(
                id.bootIdHigh(),
                id.bootIdLow(),
                id.pid(),
                uid,
                id.startTime(),
                id.pidNamespace(),
                id.userNamespace(),
                id.instance());
    }

    private static PeerId ofAnotherUser(DrayCore dray) {
        return ofUser(dray, dray.self().uid() + 1);
    }

    private static void publish(DrayCore dray) {
        dray.engine("toy").register(Toys.empty(8), Access.READ);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** The modes of an instance's files, by the endings of their names. */
    private Map<String, String> modes(DrayCore dray) throws IOException {
        String instance = String.format("%016x", dray.self().instance());
        Map<String, String> modes = new TreeMap<>();
        for (String name : toys.files()) {
            if (name.startsWith(instance)) {
                modes.put(
                        name.substring(instance.length()), mode(toys.directory().resolve(name)));
            }
        }
        return modes;
    }

    @Test
    void peerOfAnotherUserOpensTheFilesThatThereAre() throws IOException {
        DrayCore dray = toys.load();
        publish(dray);
        assertThat(modes(dray)).isEqualTo(CLOSED);
        assertThat(mode(toys.directory())).isEqualTo("rwx------");
        dray.admit(ofAnotherUser(dray));
        assertThat(modes(dray)).isEqualTo(OPEN);
        assertThat(mode(toys.directory())).isEqualTo("rwx--x--x");
    }

    @Test
    void peerOfAnotherUserOpensTheFilesToCome() throws IOException {
        DrayCore dray = toys.load();
        dray.admit(ofAnotherUser(dray));
        assertThat(modes(dray)).isEqualTo(Map.of(".alive", "rw-r--r--"));
        publish(dray);
        assertThat(modes(dray)).isEqualTo(OPEN);
    }

    @Test
    void filesOfOtherInstancesAndOfDriversStayClosed() throws IOException {
        DrayCore stranger = toys.load();
        publish(stranger);
        DrayCore dray = toys.load();
        publish(dray);
        Path drivers = Files.createFile(dray.instance().file(".toymem"));
        Files.setPosixFilePermissions(drivers, PosixFilePermissions.fromString(PRIVATE));
        dray.admit(ofAnotherUser(dray));
        publish(dray);
        DrayCore later = toys.load();
        publish(later);
        assertThat(modes(stranger)).isEqualTo(CLOSED);
        assertThat(modes(later)).isEqualTo(CLOSED);
        assertThat(mode(drivers)).isEqualTo(PRIVATE);
    }

    @Test
    void peerOfTheOwnUserOpensNothing() throws IOException {
        DrayCore dray = toys.load();
        publish(dray);
        dray.admit(dray.self());
        assertThat(modes(dray)).isEqualTo(CLOSED);
        assertThat(mode(toys.directory())).isEqualTo("rwx------");
    }

    @Test
    void peerOfASystemWithoutUsersOpensNothing() throws IOException {
        DrayCore dray = toys.load();
        dray.admit(ofUser(dray, -1));
        assertThat(modes(dray)).isEqualTo(Map.of(".alive", PRIVATE));
        assertThat(mode(toys.directory())).isEqualTo("rwx------");
    }

    @Test
    void enginesAreAskedAlthoughTheFilesCannotBeOpened() throws IOException {
        DrayCore dray = toys.load();
        AtomicBoolean asked = new AtomicBoolean();
        toys.toy.before(ToyBackend.Call.ADMIT, () -> asked.set(true));
        Path elsewhere = Files.move(
                toys.directory(),
                toys.directory().resolveSibling("moved-" + dray.self().pid()));
        try {
            assertThatThrownBy(() -> dray.admit(ofAnotherUser(dray)))
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.IO_ERROR))
                    .hasMessageContaining(toys.directory().toString());
        } finally {
            Files.move(elsewhere, toys.directory());
        }
        assertThat(asked).isTrue();
    }

    /** A driver may have registered the first one for its own user alone. */
    @Test
    void regionsOfANewlyAdmittedUserHaveATrialRegionOfTheirOwn() {
        AtomicInteger registrations = new AtomicInteger();
        toys.toy.before(ToyBackend.Call.REGISTER, registrations::incrementAndGet);
        DrayCore dray = toys.load();
        publish(dray);
        publish(dray);
        assertThat(registrations).as("two regions and their trial region").hasValue(3);
        dray.admit(ofUser(dray, dray.self().uid()));
        publish(dray);
        assertThat(registrations).hasValue(4);
        dray.admit(ofAnotherUser(dray));
        dray.admit(ofAnotherUser(dray));
        publish(dray);
        publish(dray);
        assertThat(registrations).as("with another trial region").hasValue(7);
    }
}
