package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.linux.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region is for its own user alone until the owner admits another one. */
class OtherUserTest {
    /** Nobody, who may read the classes wherever they lie. */
    private static final List<String> NOBODY = List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=+dac_read_search",
            "--ambient-caps=+dac_read_search");

    @TempDir
    Path directory;

    @Test
    void otherUserReachesWhatIsRegisteredAfterTheAdmission() throws IOException {
        assumeTrue(Processes.userId() == 0, "it takes root to be two users");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        String files = directory.resolve("%u").toString();
        List<String> command = new ArrayList<>(List.of(System.getProperty("dray.test.emulator"), "knem"));
        command.addAll(List.of("--set", "mode=0666", "--"));
        command.addAll(Child.java(List.of(), OwnerMain.class, files));
        try (Child run = Child.startClean(command)) {
            assertThat(run.await("before ")).isEqualTo("PERMISSION dray.admit");
            assertThat(run.await("registered before ")).isEqualTo("PERMISSION knem.user");
            assertThat(run.await("registered after ")).isEqualTo("OK");
            run.end();
        }
    }

    /** The owner, root, in front of a device that all may open. */
    static final class OwnerMain {
        private OwnerMain() {}

        public static void main(String[] args) {
            DrayOptions options = DrayOptions.builder()
                    .require("knem")
                    .directory(Path.of(args[0]))
                    .build();
            List<String> command = new ArrayList<>(NOBODY);
            command.addAll(Child.java(List.of(), OtherUserMain.class, args[0]));
            try (Dray dray = Dray.load(options);
                    Child other = Child.start(command)) {
                CopyEngine knem = dray.engine("knem");
                PeerId peer = PeerId.parse(HexFormat.of().parseHex(other.await("self ")));
                MemoryRegion early = region(knem);
                System.out.println("before " + use(other, early));
                dray.admit(peer);
                MemoryRegion late = region(knem);
                System.out.println("registered before " + use(other, early));
                System.out.println("registered after " + use(other, late));
            }
        }

        private static MemoryRegion region(CopyEngine knem) {
            return knem.register(ByteBuffer.allocateDirect(OtherUserMain.BYTES), Access.READ_WRITE);
        }

        private static String use(Child other, MemoryRegion region) {
            other.send(HexFormat.of().formatHex(region.token().toBytes()));
            return other.await("result ");
        }
    }
}
