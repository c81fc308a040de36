package org.dray.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks long texts between words. */
final class Paragraph {
    private Paragraph() {}

    /**
     * Lays a text out.
     *
     * @param first what the first line begins with; the others begin with as many blanks
     * @param text the text; a word that is too long gets a line of its own and sticks out
     * @param columns the longest that a line should be
     */
    static List<String> lines(String first, String text, int columns) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(first.length());
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
