package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.dray.cli.TextTable.Align;
import org.dray.cli.TextTable.Cell;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private final TextTable table = new TextTable(Align.LEFT, Align.RIGHT);

    @Test
    void columnsAreAsWideAsTheirLongestCell() {
        table.row(Cell.of("way"), Cell.of("speed"));
        table.row(Cell.of("unix-socket"), Cell.of("7"));
        assertThat(table.lines()).containsExactly("way          speed", "unix-socket      7");
    }

    @Test
    void colourTakesNoWidth() {
        table.row(new Cell("a", text -> "<" + text + ">"), Cell.of("1"));
        table.row(Cell.of("bb"), Cell.of("2"));
        assertThat(table.lines()).containsExactly("<a>   1", "bb  2");
    }

    @Test
    void linesEndWithoutBlanks() {
        TextTable left = new TextTable(Align.LEFT);
        left.row(Cell.of("long"));
        left.row(Cell.of("s"));
        assertThat(left.lines()).containsExactly("long", "s");
    }

    @Test
    void aRowWithACellTooManyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row(Cell.of("1"), Cell.of("2"), Cell.of("3")))
                .withMessage("3 cells in 2 columns");
    }
}
