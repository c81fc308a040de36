package org.dray.internal;

import org.dray.spi.CopyContext;
import org.jspecify.annotations.Nullable;

/** The cells of all copies that one Dray runs at a time. */
final class CopyCells {
    private static final int MASK = CopyContext.COUNT - 1;

    /** Behind the cells of synchronous copies: those of operations that drivers have under way. */
    static final int CHANNEL_COUNT = 64;

    private final CopyCell[] cells = new CopyCell[CopyContext.COUNT + CHANNEL_COUNT];
    private final Runnable advance;

    /** Makes free cells. Whoever waits for them to be free again runs the given task now and then. */
    CopyCells(Runnable advance) {
        this.advance = advance;
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new CopyCell(i);
        }
    }

    /** A cell that belongs to the caller until it ends; waits if all are taken. */
    CopyCell take() {
        CopyCell own = cells[(int) Thread.currentThread().getId() & MASK];
        return own.tryTake() ? own : takeOther();
    }

    /** Apart, because it is rare and its loops would be most of the code of a copy. */
    private CopyCell takeOther() {
        for (int round = 0; ; round++) {
            for (int i = 0; i < CopyContext.COUNT; i++) {
                if (cells[i].tryTake()) {
                    return cells[i];
                }
            }
            Waiting.pause(round);
        }
    }

    /** A cell for an operation of a channel, or null if all are taken. Its index is none that drivers may use. */
    @Nullable
    CopyCell tryTakeForChannel() {
        for (int i = CopyContext.COUNT; i < cells.length; i++) {
            if (cells[i].tryTake()) {
                return cells[i];
            }
        }
        return null;
    }

    /**
     * Waits until no copy uses the region or engine of that number, which was marked closed before; false if one still
     * does.
     */
    boolean awaitUnused(long number, long deadlineNanos) {
        for (CopyCell cell : cells) {
            if (cell.mayUse(number) && !Waiting.until(() -> isFreeOf(cell, number), deadlineNanos)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFreeOf(CopyCell cell, long number) {
        advance.run();
        return !cell.mayUse(number);
    }
}
