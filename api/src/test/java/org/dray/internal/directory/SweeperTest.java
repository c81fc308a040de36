package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load removes of others, and what it leaves alone. */
class SweeperTest {
    private static final String DEAD = "00000001deadbeef";

    @TempDir
    Path base;

    private void create(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(base.resolve(name));
        }
    }

    private List<String> swept() throws IOException {
        Sweeper.sweep(base);
        try (Stream<Path> files = Files.list(base)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyFileOfAFreeLockGoes() throws IOException {
        create(DEAD + ".alive", DEAD + ".r", DEAD + ".c", DEAD + ".simbox", DEAD + ".a.b");
        assertThat(swept()).isEmpty();
    }

    @Test
    void filesOfOthersStay() throws IOException {
        create(DEAD + ".alive", "00000001deadbee0.r", "00000001deadbeef0.r", "x" + DEAD + ".r", DEAD, DEAD + "-r");
        assertThat(swept()).containsExactly("00000001deadbee0.r", DEAD, DEAD + "-r", DEAD + "0.r", "x" + DEAD + ".r");
    }

    @Test
    void filesThatAreNamedAlmostLikeALockStay() throws IOException {
        create("zzzzzzzzzzzzzzzz.alive", ".alive", "1.alive", DEAD + "0.alive", DEAD + ".x.alive", DEAD + ".r");
        assertThat(swept()).hasSize(6);
    }

    @Test
    void filesOfTheOwnProcessStay() throws IOException {
        String own = String.format("%08x%08x", ProcessHandle.current().pid(), 7);
        create(own + ".alive", own + ".r", own + ".alive-new");
        assertThat(swept()).hasSize(3);
    }

    @Test
    void lockThatWasNeverFinishedGoesAfterAMinute() throws IOException {
        create(DEAD + ".alive-new", "00000001deadbee0.alive-new");
        Files.setLastModifiedTime(
                base.resolve(DEAD + ".alive-new"), FileTime.from(Instant.now().minusSeconds(90)));
        assertThat(swept()).containsExactly("00000001deadbee0.alive-new");
    }

    @Test
    void emptyDirectoryIsNoProblem() throws IOException {
        assertThat(swept()).isEmpty();
    }
}
