package org.dray.cli;

import java.io.PrintWriter;

/**
 * One line on a terminal that is written again and again; nothing where nobody watches. The cursor waits at its
 * beginning, where what others print goes over it.
 */
final class StatusLine {
    private static final int WIDEST_COLUMNS = 100;
    private static final String BACK_AND_CLEAR = "\r\033[K";

    private final Terminal terminal;
    private final PrintWriter err;

    StatusLine(Terminal terminal, PrintWriter err) {
        this.terminal = terminal;
        this.err = err;
    }

    boolean isWatched() {
        return terminal.progress();
    }

    /** As long as the line may be without a second one. */
    int columns() {
        return Math.min(terminal.columns(), WIDEST_COLUMNS) - 1;
    }

    void show(String text) {
        if (isWatched()) {
            err.print(BACK_AND_CLEAR + text.substring(0, Math.min(text.length(), columns())) + "\r");
            err.flush();
        }
    }

    void clear() {
        show("");
    }
}
