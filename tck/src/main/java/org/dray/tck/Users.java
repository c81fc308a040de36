package org.dray.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.dray.Dray;
import org.dray.PeerId;

/**
 * A run as two users, one for the process that examines and one for the others: {@code dray.tck.users=UID,UID}. Takes
 * root, and {@code setpriv}. Every Dray of the run then admits the other user before anything else.
 */
final class Users {
    private static final String PROPERTY = "dray.tck.users";

    private Users() {}

    private static List<Integer> ids() {
        String text = System.getProperty(PROPERTY, "");
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", 2)).map(Integer::valueOf).toList();
    }

    /**
     * What starts another process as the other user, who may read what this one is made of, and lock memory as it may.
     */
    static List<String> command() {
        if (ids().isEmpty()) {
            return List.of();
        }
        int uid = ids().get(1);
        return List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--inh-caps=+dac_read_search,+ipc_lock",
                "--ambient-caps=+dac_read_search,+ipc_lock");
    }

    /** Where the files of a Dray go: a directory for both users, or one for each. */
    static Path directory(Path common) {
        return ids().isEmpty() ? common : common.resolve("%u");
    }

    /** Lets both users make directories of their own. */
    static void share(Path common) {
        if (!ids().isEmpty()) {
            try {
                Files.createDirectories(common);
                Files.setPosixFilePermissions(common, PosixFilePermissions.fromString("rwxrwxrwx"));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot share " + common, e);
            }
        }
    }

    /** Admits the other user, of whom any process will do. */
    static Dray admit(Dray dray) {
        PeerId self = dray.self();
        ids().stream().filter(uid -> uid != self.uid()).forEach(uid -> dray.admit(withUser(self, uid)));
        return dray;
    }

    private static PeerId withUser(PeerId id, int uid) {
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
}
