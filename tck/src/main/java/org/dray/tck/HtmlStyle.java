package org.dray.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How certificates look: light or dark as the reader's system, from a phone's width up, and on paper. */
final class HtmlStyle {
    private static final String RESOURCE = "certificate.css";

    private HtmlStyle() {}

    static String css() {
        try (InputStream in = HtmlStyle.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the kit's jar has no " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
