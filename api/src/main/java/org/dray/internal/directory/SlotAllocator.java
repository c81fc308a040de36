package org.dray.internal.directory;

import java.util.Arrays;

/** Which slots are free, and which generation each one has reached. Not thread-safe. */
final class SlotAllocator {
    private final int limit;
    private int[] generations = new int[64];
    private int[] free = new int[64];
    private int freeCount;
    private int highWater;

    SlotAllocator(int limit) {
        this.limit = limit;
    }

    /** A free slot, or {@link RegionsLayout#NONE} if all are taken. */
    int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (highWater == limit) {
            return RegionsLayout.NONE;
        }
        if (highWater == generations.length) {
            generations = Arrays.copyOf(generations, 2 * highWater);
        }
        return highWater++;
    }

    /** The next generation of a slot; never 0. */
    int nextGeneration(int slot) {
        generations[slot]++;
        if (generations[slot] == 0) {
            generations[slot] = 1;
        }
        return generations[slot];
    }

    void give(int slot) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = slot;
    }
}
