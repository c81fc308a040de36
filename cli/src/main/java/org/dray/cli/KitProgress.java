package org.dray.cli;

import java.io.Writer;

/** Shows the last whole line of what is written, with its number. */
final class KitProgress extends Writer {
    private final StatusLine status;
    private final StringBuilder line = new StringBuilder();
    private int lines;

    KitProgress(StatusLine status) {
        this.status = status;
    }

    @Override
    public void write(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == '\n') {
                lines++;
                status.show(lines + " " + line);
                line.setLength(0);
            } else if (text[i] != '\r') {
                line.append(text[i]);
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
