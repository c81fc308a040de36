package org.dray.backend.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.dray.linux.Processes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the kernel does not let in learns why, and what to do. Needs root, to start processes of other users. */
class RefusalTest {
    private static final String[] NOBODY = {
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"
    };

    @TempDir
    Path directory;

    @BeforeEach
    void letEverybodyIn() throws IOException {
        assumeTrue(Processes.effectiveUserId() == 0, "it takes root to start processes of another user");
        assumeCanRun(NOBODY);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** The wrapper works here, and what it starts can read the classes. */
    private static void assumeCanRun(String... wrapper) throws IOException {
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(List.of("test", "-r", System.getProperty("dray.test.classes") + "/org"));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assumeTrue(process.onExit().join().exitValue() == 0, String.join(" ", command) + " fails here");
    }

    @Test
    void processesOfOneUserReachEachOther() {
        try (OtherJvm owner = OtherJvm.start(directory, NOBODY);
                OtherJvm caller = OtherJvm.start(directory, NOBODY)) {
            assertThat(caller.ask("read " + owner.description())).startsWith("OK");
        }
    }

    @Test
    void anotherUserIsRefusedWithBothUids() {
        try (OtherJvm owner = OtherJvm.start(directory);
                OtherJvm caller = OtherJvm.start(directory, NOBODY)) {
            assertThat(caller.ask("read " + owner.description()))
                    .startsWith("PERMISSION 1 ")
                    .contains("cma.credentials", "uid 65534", "[0, 0, 0]", "run both processes as one user");
        }
    }

    @Test
    void capabilitiesOfTheOwnerAreNamed() {
        String[] rootWithout = {"setpriv", "--inh-caps=-all", "--bounding-set=-all"};
        try (OtherJvm owner = OtherJvm.start(directory);
                OtherJvm caller = OtherJvm.start(directory, rootWithout)) {
            assertThat(caller.ask("read " + owner.description()))
                    .startsWith("PERMISSION 1 ")
                    .contains("cma.capabilities", "start both with the same capabilities");
        }
    }

    @Test
    void ownerThatIsNotDumpableIsNamed() {
        try (OtherJvm owner = OtherJvm.start(directory, NOBODY);
                OtherJvm caller = OtherJvm.start(directory, NOBODY)) {
            owner.ask("hide");
            assertThat(caller.ask("read " + owner.description()))
                    .startsWith("PERMISSION 1 ")
                    .contains("cma.dumpable", "PR_SET_DUMPABLE");
        }
    }

    @Test
    void anotherUserNamespaceIsNamed() throws IOException {
        String[] namespace = {"unshare", "--user", "--map-root-user"};
        assumeCanRun(namespace);
        try (OtherJvm owner = OtherJvm.start(directory);
                OtherJvm caller = OtherJvm.start(directory, namespace)) {
            assertThat(caller.ask("read " + owner.description()))
                    .startsWith("PERMISSION 1 ")
                    .contains("cma.user-namespace", "start both containers in one user namespace");
        }
    }
}
