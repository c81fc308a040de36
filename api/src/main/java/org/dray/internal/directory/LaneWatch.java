package org.dray.internal.directory;

import java.util.concurrent.locks.LockSupport;

/**
 * The owner's view of what peers are using. Only the holder of a lane writes claims; the owner frees lanes of the dead.
 */
final class LaneWatch {
    private static final int SPINS = 200;
    private static final long PARK_NANOS = 50_000;
    private static final long LIVENESS_NANOS = 2_000_000;

    private final Instance instance;
    private final SharedWords claims;

    LaneWatch(Instance instance, SharedWords claims) {
        this.instance = instance;
        this.claims = claims;
    }

    /** Waits until no living peer claims a region; false if one still does when the time is over. */
    boolean awaitNoClaim(long claim, long deadline) {
        for (int lane = 0; lane < ClaimsLayout.LANES; lane++) {
            long holder = claims.get(ClaimsLayout.laneOffset(lane));
            if (holder != 0 && !awaitLane(lane, holder, claim, deadline)) {
                return false;
            }
        }
        return true;
    }

    private boolean awaitLane(int lane, long holder, long claim, long deadline) {
        long livenessAt = System.nanoTime() + LIVENESS_NANOS;
        for (int i = 0; i < ClaimsLayout.CLAIMS; i++) {
            int at = ClaimsLayout.claimOffset(lane, i / 2, i % 2);
            for (int round = 0; claims.get(at) == claim; round++) {
                if (round < SPINS) {
                    Thread.onSpinWait();
                    continue;
                }
                long now = System.nanoTime();
                boolean late = now - deadline >= 0;
                if (late || now - livenessAt >= 0) {
                    if (isLeft(lane, holder)) {
                        return true;
                    }
                    livenessAt = System.nanoTime() + LIVENESS_NANOS;
                }
                if (late) {
                    return false;
                }
                LockSupport.parkNanos(PARK_NANOS);
            }
        }
        return true;
    }

    /** Whether the holder has given the lane back, or has ended; then it is taken from it. */
    private boolean isLeft(int lane, long holder) {
        int at = ClaimsLayout.laneOffset(lane);
        if (claims.get(at) != holder) {
            return true;
        }
        int uid = (int) claims.get(at + ClaimsLayout.LANE_UID);
        return isDead(instance, uid, holder) && (claims.compareAndSet(at, holder, 0) || claims.get(at) != holder);
    }

    /**
     * Whether the process that holds a lane has ended for certain. A file that is missing was swept after that; or
     * somebody removed it under a process that lives.
     */
    static boolean isDead(Instance instance, int uid, long holder) {
        return switch (instance.lockOf(uid, holder)) {
            case FREE -> true;
            case MISSING -> !ProcessIdentity.exists(holder);
            case HELD, FORBIDDEN -> false;
        };
    }
}
