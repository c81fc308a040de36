package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/rules-considered.md} leaves nothing out: neither a rule of the collection nor one of the contract. */
class ConsideredRulesTest {
    private static final Pattern ID = Pattern.compile("[A-Z]+-\\d\\d");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]+-\\d+) \\|(.*)\\|$");
    private static final Map<String, Long> COLLECTION = Map.ofEntries(
            Map.entry("DISC", 15L),
            Map.entry("REG", 13L),
            Map.entry("TOK", 7L),
            Map.entry("COPY", 16L),
            Map.entry("ASYNC", 13L),
            Map.entry("CANCEL", 5L),
            Map.entry("ERR", 6L),
            Map.entry("CLOSE", 9L),
            Map.entry("CONC", 5L),
            Map.entry("INV", 39L),
            Map.entry("CACHE", 8L),
            Map.entry("JVM", 5L),
            Map.entry("PERF", 6L),
            Map.entry("CERT", 3L));

    private static List<Considered> collection;
    private static List<Considered> additions;
    private static List<String> own;
    private static List<String> withdrawn;

    /** One row: a rule of the collection and what became of it. */
    private record Considered(String id, String answer, String here, String reason) {
        static Considered of(Matcher row) {
            String[] cells = row.group(2).split("\\|", -1);
            assertThat(cells).as("the cells of " + row.group(1)).hasSize(4);
            return new Considered(row.group(1), cells[1].strip(), cells[2].strip(), cells[3].strip());
        }

        String group() {
            return id.substring(0, id.indexOf('-'));
        }
    }

    @BeforeAll
    static void read() throws IOException {
        String page = Files.readString(Path.of("../docs/rules-considered.md"));
        int additionsBegin = page.indexOf("\n## Additions from a review\n");
        int ownBegin = page.indexOf("\n## Rules of our own\n");
        collection = rows(page.substring(0, additionsBegin), Considered::of);
        additions = rows(page.substring(additionsBegin, ownBegin), Considered::of);
        int withdrawnBegin = page.indexOf("\n## Withdrawn\n");
        own = rows(page.substring(ownBegin, withdrawnBegin), row -> row.group(1));
        withdrawn = rows(page.substring(withdrawnBegin), row -> row.group(1));
    }

    private static <T> List<T> rows(String text, Function<Matcher, T> reader) {
        Matcher row = ROW.matcher(text);
        Stream.Builder<T> rows = Stream.builder();
        while (row.find()) {
            rows.add(reader.apply(row));
        }
        return rows.build().toList();
    }

    private static Stream<Considered> all() {
        return Stream.concat(collection.stream(), additions.stream());
    }

    private static List<String> idsIn(String text) {
        return ID.matcher(text).results().map(it -> it.group()).toList();
    }

    @Test
    void everyRuleOfTheCollectionIsAnsweredOnce() {
        assertThat(collection.stream().collect(Collectors.groupingBy(Considered::group, Collectors.counting())))
                .isEqualTo(COLLECTION);
        assertThat(additions).hasSize(10);
        assertThat(all().map(Considered::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyAnswerNamesWhatItMeans() {
        assertThat(all()).allSatisfy(it -> {
            switch (it.answer()) {
                case "taken", "merged" -> assertThat(it.here()).as(it.id()).matches("[A-Z]+-\\d\\d(, [A-Z]+-\\d\\d)*");
                case "planned" -> assertThat(it.here()).as(it.id()).matches("[A-Za-z]+");
                case "rejected" -> {
                    assertThat(it.here()).as(it.id()).isEmpty();
                    assertThat(it.reason()).as(it.id()).isNotEmpty();
                }
                default -> throw new AssertionError(it.id() + " is answered with '" + it.answer() + "'");
            }
        });
    }

    @Test
    void everyRuleThatIsNamedExists() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::id))
                .containsAll(all().flatMap(it -> idsIn(it.here() + it.reason()).stream())
                        .toList())
                .containsAll(own);
    }

    @Test
    void everyRuleOfTheContractHasItsRow() {
        List<String> named = Stream.concat(all().flatMap(it -> idsIn(it.here()).stream()), own.stream())
                .toList();
        assertThat(named).doesNotContainAnyElementsOf(withdrawn);
        assertThat(Stream.concat(named.stream(), withdrawn.stream()))
                .as("docs/rules-considered.md: name a new rule in the row that it answers, or among our own")
                .containsAll(Arrays.stream(Rule.values()).map(Rule::id).toList());
        assertThat(own).doesNotHaveDuplicates();
    }
}
