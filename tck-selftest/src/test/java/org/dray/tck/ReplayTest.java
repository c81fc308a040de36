package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.FilterResult.includedIf;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failure prints replays it. */
class ReplayTest {
    private static final Pattern PROPERTY = Pattern.compile("-D([\\w.]+)=(\\S+)");
    private static final String REPLAY = "replay: ";

    @TempDir
    private Path directory;

    @AfterEach
    void clear() {
        for (String property : new String[] {Mutant.PROPERTY, Effort.SEED, Effort.FACTOR, Effort.SLOW}) {
            System.clearProperty(property);
        }
    }

    /** Runs the rule about random copies on a backend that is wrong where chance seldom leads; gives its complaint. */
    private String complaint(Map<String, String> properties) {
        clear();
        System.setProperty(Mutant.PROPERTY, SurfaceCopyMutant.FAR_OFFSETS_LOSE_A_BYTE.name());
        properties.forEach(System::setProperty);
        Certificate certificate = Certification.run(
                        HarnessTck.class,
                        directory,
                        new PrintWriter(Writer.nullWriter()),
                        it -> includedIf(!it.isTest() || it.getDisplayName().startsWith("copy02")))
                .certificate();
        Certificate.RuleResult result = EncodingsRun.result(certificate, Rule.COPY_02);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        return result.reason();
    }

    private static Map<String, String> replay(String complaint) {
        return PROPERTY.matcher(complaint.substring(complaint.indexOf(REPLAY)))
                .results()
                .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
    }

    @Test
    void replayingARandomFailureFailsAgainInTheSameWay() {
        String first = complaint(Map.of());
        assertThat(replay(first)).containsOnlyKeys(Effort.SEED);
        assertThat(complaint(replay(first))).isEqualTo(first);
    }

    @Test
    void quickRunIsReplayedAsQuickly() {
        String first = complaint(Map.of(Effort.FACTOR, "0.1"));
        assertThat(replay(first)).containsEntry(Effort.FACTOR, "0.1").containsKey(Effort.SEED);
        assertThat(complaint(replay(first))).isEqualTo(first);
    }

    @Test
    void anotherSeedFailsElsewhere() {
        assertThat(complaint(Map.of(Effort.SEED, "1"))).isNotEqualTo(complaint(Map.of(Effort.SEED, "2")));
    }
}
