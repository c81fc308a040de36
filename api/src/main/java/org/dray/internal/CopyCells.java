package org.dray.internal;

import org.dray.spi.CopyContext;

/** The cells of all copies that one Dray runs at a time. */
final class CopyCells {
    private static final int MASK = CopyContext.COUNT - 1;

    private final CopyCell[] cells = new CopyCell[CopyContext.COUNT];

    CopyCells() {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new CopyCell(i);
        }
    }

    /** A cell that belongs to the caller until it ends; waits if all are taken. */
    CopyCell take() {
        int start = (int) Thread.currentThread().getId();
        for (int round = 0; ; round++) {
            for (int i = 0; i < cells.length; i++) {
                CopyCell cell = cells[(start + i) & MASK];
                if (cell.tryTake()) {
                    return cell;
                }
            }
            Waiting.pause(round);
        }
    }

    /**
     * Waits until no copy uses the region or engine of that number, which was marked closed before; false if one still
     * does.
     */
    boolean awaitUnused(long number, long deadlineNanos) {
        for (CopyCell cell : cells) {
            if (!Waiting.until(() -> !cell.mayUse(number), deadlineNanos)) {
                return false;
            }
        }
        return true;
    }
}
