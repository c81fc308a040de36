package org.dray.internal.directory;

/** A region that peers can find: where it is published, and which use of the slot that is. */
public final class Publication {
    private final int slot;
    private final int generation;
    private final int[] furtherSlots;

    Publication(int slot, int generation, int[] furtherSlots) {
        this.slot = slot;
        this.generation = generation;
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

    /** Slots that hold the rest of the extents. */
    int[] furtherSlots() {
        return furtherSlots;
    }

    long claim() {
        return ClaimsLayout.claim(slot, generation);
    }
}
