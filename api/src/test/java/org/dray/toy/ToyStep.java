package org.dray.toy;

import org.dray.CopyStatus;
import org.dray.spi.CopyContext;

/**
 * One call of a driver's copy, in the hands of a test.
 *
 * @param driver whose call it is
 * @param sourceOffsetBytes first byte read
 * @param destinationOffsetBytes first byte written
 * @param lengthBytes number of bytes
 * @param answer what the driver returns instead of moving bytes
 */
public record ToyStep(
        ToyDriver driver,
        CopyContext context,
        ToyRegion source,
        long sourceOffsetBytes,
        ToyRegion destination,
        long destinationOffsetBytes,
        long lengthBytes,
        long[] answer) {

    /** Moves a prefix, then fails. */
    public boolean failAfter(long movedBytes, CopyStatus status, int errno) {
        if (movedBytes > 0) {
            ToyRegion.move(source, sourceOffsetBytes, destination, destinationOffsetBytes, movedBytes);
        }
        answer[0] = context.fail(status, errno, movedBytes, "scripted");
        return false;
    }

    /** Answers without moving anything and without giving a reason. */
    public boolean answer(long bytes) {
        answer[0] = bytes;
        return false;
    }

    /** Whether bytes cross from one process to another. */
    public boolean isFar() {
        return source.isFar() || destination.isFar();
    }
}
