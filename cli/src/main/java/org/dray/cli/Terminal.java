package org.dray.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * What the launcher has seen of the terminal. Started without the launcher, nothing is taken for one.
 *
 * @param colour whether standard output may be coloured
 * @param columns width that text is laid out for
 * @param progress whether standard error is watched by somebody
 */
record Terminal(boolean colour, int columns, boolean progress) {
    static final Terminal NONE = new Terminal(false, 80, false);

    private static final int NARROWEST_COLUMNS = 40;

    /** Reads what {@code ./dray} passes on, and {@code NO_COLOR}. */
    static Terminal detect() {
        int columns = Integer.getInteger("dray.cli.columns", 0);
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(
                columns > 0 && (noColour == null || noColour.isEmpty()),
                columns > 0 ? Math.max(columns, NARROWEST_COLUMNS) : NONE.columns,
                Boolean.getBoolean("dray.cli.progress"));
    }

    Ansi ansi() {
        return colour ? Ansi.ON : Ansi.OFF;
    }

    String strong(String text) {
        return paint(text, Style.bold);
    }

    String good(String text) {
        return paint(text, Style.fg_green);
    }

    String bad(String text) {
        return paint(text, Style.fg_red);
    }

    String doubtful(String text) {
        return paint(text, Style.fg_yellow);
    }

    private String paint(String text, IStyle style) {
        return colour ? Style.on(style) + text + Style.reset.on() : text;
    }
}
