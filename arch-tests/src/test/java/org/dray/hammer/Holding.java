package org.dray.hammer;

import java.util.List;
import org.dray.MemoryRegion;

/**
 * A region of this process that peers know about.
 *
 * @param offer what they were told
 * @param store its memory
 * @param regions one for each engine
 */
record Holding(Offer offer, Store store, List<MemoryRegion> regions) implements AutoCloseable {
    /** After it, nobody uses the memory any more. */
    @Override
    public void close() {
        regions.forEach(MemoryRegion::close);
        store.poison();
        if (store.isDamaged()) {
            throw new AssertionError("somebody writes to a closed region: " + offer);
        }
        store.release();
    }
}
