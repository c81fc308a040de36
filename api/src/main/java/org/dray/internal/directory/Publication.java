package org.dray.internal.directory;

import org.jspecify.annotations.Nullable;

/** A region that peers can find: where it is published, and which use of the slot that is. */
public final class Publication {
    private final int slot;
    private final int generation;
    private final boolean singleUse;
    private final int[] furtherSlots;
    private volatile @Nullable Boolean consumedAtTheEnd;

    Publication(int slot, int generation, boolean singleUse, int[] furtherSlots) {
        this.slot = slot;
        this.generation = generation;
        this.singleUse = singleUse;
        this.furtherSlots = furtherSlots;
    }

    /**
     * Where the region is published.
     *
     * @return index of the slot
     */
    public int slot() {
        return slot;
    }

    /**
     * Which use of the slot this is.
     *
     * @return never 0
     */
    public int generation() {
        return generation;
    }

    boolean singleUse() {
        return singleUse;
    }

    /** Slots that hold the rest of the extents. */
    int[] furtherSlots() {
        return furtherSlots;
    }

    /** Remembers what the slot said last: from now on it is somebody else's. */
    void retired(boolean isConsumed) {
        consumedAtTheEnd = isConsumed;
    }

    /** Whether the only use was taken before the region was retired; null as long as it is not. */
    @Nullable
    Boolean consumedAtTheEnd() {
        return consumedAtTheEnd;
    }

    long claim() {
        return ClaimsLayout.claim(slot, generation);
    }
}
