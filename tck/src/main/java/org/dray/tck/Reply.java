package org.dray.tck;

import java.util.Base64;
import java.util.List;

/** What another process answered. */
record Reply(List<String> texts) {

    String text(int index) {
        return texts.get(index);
    }

    byte[] bytes(int index) {
        return Base64.getDecoder().decode(texts.get(index));
    }
}
