package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void longTextsAreBrokenBetweenWordsAndIndented() {
        assertThat(Paragraph.lines("needed  ", "one two three", 16))
                .containsExactly("needed  one two", "        three");
    }

    @Test
    void textOfExactlyTheWidthStaysOnItsLine() {
        assertThat(Paragraph.lines("", "12345 789", 9)).containsExactly("12345 789");
    }

    @Test
    void aWordThatIsTooLongSticksOut() {
        assertThat(Paragraph.lines("- ", "a /a/very/long/path b", 8))
                .containsExactly("- a", "  /a/very/long/path", "  b");
    }

    @Test
    void anEmptyTextGivesTheBeginningAlone() {
        assertThat(Paragraph.lines("- ", "", 8)).containsExactly("- ");
    }
}
