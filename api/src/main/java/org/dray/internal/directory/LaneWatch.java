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
    boolean awaitNoClaim(long claim, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
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
            int spins = SPINS;
            while (claims.get(at) == claim) {
                if (spins-- > 0) {
                    Thread.onSpinWait();
                    continue;
                }
                if (claims.get(ClaimsLayout.laneOffset(lane)) != holder) {
                    return true;
                }
                long now = System.nanoTime();
                if (now >= livenessAt) {
                    if (isDead(lane, holder)) {
                        claims.compareAndSet(ClaimsLayout.laneOffset(lane), holder, 0);
                        return true;
                    }
                    livenessAt = System.nanoTime() + LIVENESS_NANOS;
                }
                if (now >= deadline) {
                    return false;
                }
                LockSupport.parkNanos(PARK_NANOS);
            }
        }
        return true;
    }

    private boolean isDead(int lane, long holder) {
        int uid = (int) claims.get(ClaimsLayout.laneOffset(lane) + ClaimsLayout.LANE_UID);
        return isDead(instance, uid, holder);
    }

    /** Whether the process that holds a lane has ended for certain. */
    static boolean isDead(Instance instance, int uid, long holder) {
        if (ProcessIdentity.isOwnPid(holder)) {
            return false;
        }
        AliveLock.State state = AliveLock.query(instance.file(uid, holder, Instance.ALIVE));
        return state == AliveLock.State.FREE || state == AliveLock.State.MISSING;
    }
}
