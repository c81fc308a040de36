package org.dray.internal;

import org.dray.CopyStatus;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** An operation that a driver's channel has under way, step by step. Guarded by the channel's lock; reused. */
final class Flight {
    @Nullable
    Operation operation;

    @Nullable
    CopyCell cell;

    @Nullable
    DriverRegion source;

    @Nullable
    DriverRegion destination;

    boolean isBackwards;
    long doneBytes;
    long longestStepBytes;
    long stepBytes;

    /** The driver has reported the step. */
    boolean hasLanded;

    /** How the last step ended. */
    CopyStatus status = CopyStatus.OK;

    int errno;

    void free() {
        operation = null;
        cell = null;
        source = null;
        destination = null;
        isBackwards = false;
        doneBytes = 0;
        stepBytes = 0;
        hasLanded = false;
        status = CopyStatus.OK;
        errno = 0;
    }
}
