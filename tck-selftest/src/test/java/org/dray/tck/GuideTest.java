package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide for backends shows is what the CI compiles. */
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/backend-guide.md");
    private static final Path PROJECT = Path.of("src/it/consumer");
    private static final Pattern BLOCK = Pattern.compile("<!-- (\\S+) -->\\n```\\w+\\n(.*?)\\n```\\n", Pattern.DOTALL);

    /**
     * A block of the guide.
     *
     * @param file whose part it is
     * @param text the part
     */
    record Block(String file, String text) {
        @Override
        public String toString() {
            return file + ": " + text.lines().findFirst().orElse("");
        }
    }

    static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(it -> new Block(it.group(1), it.group(2)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyBlockIsAPartOfItsFile(Block block) throws IOException {
        assertThat(Files.readString(PROJECT.resolve(block.file()))).contains(block.text());
    }

    @Test
    void everyFenceOfTheGuideNamesAFile() throws IOException {
        long fences = Files.readString(GUIDE)
                .lines()
                .filter(it -> it.startsWith("```"))
                .count();
        assertThat(blocks()).hasSize((int) fences / 2);
    }

    @Test
    void everySourceIsShown() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src"))) {
            assertThat(blocks().stream().map(Block::file).distinct().toList())
                    .containsAll(files.filter(Files::isRegularFile)
                            .map(it -> PROJECT.relativize(it).toString())
                            .toList());
        }
    }
}
