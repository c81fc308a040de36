package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.List;

/** Memory that an owner exports. */
interface Store {
    /** Parts in the order of the region's offsets; empty if none may be touched from Java. */
    List<ByteBuffer> parts();

    /** The region was closed: from now on nobody may write here, and readers who were told OK have not seen this. */
    default void poison() {
        parts().forEach(part -> Pattern.set(part, 0, part.capacity(), Pattern.POISON));
    }

    /** Whether somebody wrote after {@link #poison}. */
    default boolean isDamaged() {
        return parts().stream().anyMatch(part -> Pattern.otherThan(Pattern.POISON, part, 0, part.capacity()) >= 0);
    }

    /** Bytes for readers who check them, or zeros. */
    default void fill(Offer.Content content, long id) {
        long offset = 0;
        for (ByteBuffer part : parts()) {
            if (content == Offer.Content.CONSTANT) {
                Pattern.fill(part, 0, part.capacity(), id, offset);
            } else {
                Pattern.set(part, 0, part.capacity(), (byte) 0);
            }
            offset += part.capacity();
        }
    }

    /** Lets the memory go; called once, after the region was closed. */
    void release();
}
