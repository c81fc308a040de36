package org.dray.internal;

import java.util.Objects;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.jspecify.annotations.Nullable;

/**
 * One place in a channel, for one accepted copy after another. Guarded by the channel's lock; what was asked for does
 * not change while the operation is started, so that whoever has started it may read that without the lock.
 */
final class Operation {
    /** A place's life, in this order, and again. */
    enum State {
        FREE,
        PENDING,
        STARTED,
        ENDED
    }

    final int index;
    State state = State.FREE;
    long sequence;
    long tag;

    /** Waits for all before it. */
    boolean isFenced;

    /** Fenced, and one of those before it failed. */
    boolean isDoomed;

    private @Nullable RoutePlan plan;
    private @Nullable RegionView from;
    private @Nullable RegionView to;

    /** First bytes, in the regions that the views are of. */
    long start;

    long target;
    long lengthBytes;

    volatile boolean cancelRequested;

    CopyStatus status = CopyStatus.OK;
    int errno;
    long bytesDone;

    /** What a failed copy threw. */
    @Nullable
    CopyException failure;

    Operation(int index) {
        this.index = index;
    }

    void ask(RoutePlan plan, RegionView from, long sourceOffset, RegionView to, long destinationOffset, long bytes) {
        this.plan = plan;
        this.from = from;
        this.start = from.baseBytes + sourceOffset;
        this.to = to;
        this.target = to.baseBytes + destinationOffset;
        this.lengthBytes = bytes;
    }

    RoutePlan plan() {
        return Objects.requireNonNull(plan);
    }

    Root fromRoot() {
        return Objects.requireNonNull(from).root;
    }

    Root toRoot() {
        return Objects.requireNonNull(to).root;
    }

    void setResult(CopyStatus how, int systemErrno, long doneBytes) {
        status = how;
        errno = systemErrno;
        bytesDone = doneBytes;
    }

    /** Lets go of everything. */
    void free() {
        state = State.FREE;
        from = null;
        to = null;
        plan = null;
        failure = null;
        cancelRequested = false;
    }
}
