package org.dray.tck;

import java.util.Locale;

/** Small pieces of a page. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A constant as a coloured word. */
    static String badge(String constant) {
        return "<span class=\"badge " + constant + "\">" + constant.replace('_', ' ') + "</span>";
    }

    /** A text that stays on one line although it has hyphens. */
    static String unbroken(String text) {
        return "<span class=\"unbroken\">" + escape(text) + "</span>";
    }

    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A cell that shows the name of its column where the page is too narrow for columns. */
    static String cell(String column, String html) {
        return "<td data-column=\"" + column + "\"><span>" + html + "</span></td>";
    }
}
