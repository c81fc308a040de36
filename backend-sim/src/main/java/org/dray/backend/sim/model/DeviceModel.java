package org.dray.backend.sim.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyCost;

/**
 * When the operations of a device end. The device moves the bytes of one operation after another at a fixed bandwidth;
 * each then takes a fixed time until its end can be seen, during which the next one moves. Whenever it is free it takes
 * the oldest operation that waits, or one by lot.
 *
 * <p>Time is an argument, which never goes back: a clock's, or one that a test makes. Allocates nothing after it was
 * made. Not for several threads at once.
 */
public final class DeviceModel {
    /** No slot: the queue is full, or nothing has ended. */
    public static final int NONE = -1;

    private enum State {
        FREE,
        QUEUED,
        MOVING
    }

    private final CopyCost cost;
    private final boolean inOrder;
    private final SplittableRandom lots;
    private final State[] states;
    private final long[] numbers;
    private final long[] lengthsBytes;
    private final long[] endsNanos;
    private long submissions;
    private int queued;
    private long freeAtNanos = Long.MIN_VALUE;

    /**
     * Makes an idle device.
     *
     * @param cost time until an end can be seen, and bandwidth
     * @param depth operations that may be under way; each has a slot of 0 to {@code depth - 1}
     * @param inOrder whether it takes the oldest operation first
     * @param seed of the lots that it draws where it does not
     */
    public DeviceModel(CopyCost cost, int depth, boolean inOrder, long seed) {
        if (depth < 1) {
            throw new IllegalArgumentException("a depth of " + depth + " is below 1");
        }
        this.cost = cost;
        this.inOrder = inOrder;
        this.lots = new SplittableRandom(seed);
        this.states = new State[depth];
        Arrays.fill(states, State.FREE);
        this.numbers = new long[depth];
        this.lengthsBytes = new long[depth];
        this.endsNanos = new long[depth];
    }

    /**
     * Queues an operation.
     *
     * @param nowNanos the time
     * @param lengthBytes how many bytes it moves
     * @return its slot until it is taken or cancelled, or {@link #NONE} if the queue is full
     */
    public int submit(long nowNanos, long lengthBytes) {
        advance(nowNanos);
        for (int slot = 0; slot < states.length; slot++) {
            if (states[slot] == State.FREE) {
                states[slot] = State.QUEUED;
                numbers[slot] = submissions++;
                lengthsBytes[slot] = lengthBytes;
                queued++;
                freeAtNanos = queued == 1 ? Math.max(freeAtNanos, nowNanos) : freeAtNanos;
                advance(nowNanos);
                return slot;
            }
        }
        return NONE;
    }

    /**
     * Takes the operation that ended first, of those that have ended and were not taken.
     *
     * @param nowNanos the time
     * @return its slot, which is free from now on, or {@link #NONE}
     */
    public int take(long nowNanos) {
        advance(nowNanos);
        int first = NONE;
        for (int slot = 0; slot < states.length; slot++) {
            if (states[slot] == State.MOVING
                    && endsNanos[slot] <= nowNanos
                    && (first == NONE || endsBefore(slot, first))) {
                first = slot;
            }
        }
        if (first != NONE) {
            states[first] = State.FREE;
        }
        return first;
    }

    private boolean endsBefore(int slot, int other) {
        return endsNanos[slot] < endsNanos[other]
                || (endsNanos[slot] == endsNanos[other] && numbers[slot] < numbers[other]);
    }

    /**
     * When the next operation ends, if nothing else happens before.
     *
     * @return the time, or {@link Long#MAX_VALUE} if nothing is under way
     */
    public long nextEndNanos() {
        long next = Long.MAX_VALUE;
        for (int slot = 0; slot < states.length; slot++) {
            if (states[slot] == State.MOVING) {
                next = Math.min(next, endsNanos[slot]);
            }
        }
        return next;
    }

    /**
     * Takes an operation back that has not started to move.
     *
     * @param nowNanos the time
     * @param slot where {@link #submit} put it; not yet taken
     * @return CANCELLED if it will never move a byte and its slot is free; PENDING if it moves; TOO_LATE if it has
     *     ended
     */
    public CancelResult cancel(long nowNanos, int slot) {
        advance(nowNanos);
        if (states[slot] == State.QUEUED) {
            states[slot] = State.FREE;
            queued--;
            return CancelResult.CANCELLED;
        }
        return states[slot] == State.MOVING && endsNanos[slot] > nowNanos
                ? CancelResult.PENDING
                : CancelResult.TOO_LATE;
    }

    /** Starts whatever has started by now. */
    private void advance(long nowNanos) {
        while (queued > 0 && freeAtNanos <= nowNanos) {
            int slot = next();
            states[slot] = State.MOVING;
            queued--;
            freeAtNanos += (long) Math.ceil(lengthsBytes[slot] * 1e9 / cost.bytesPerSecond());
            endsNanos[slot] = freeAtNanos + cost.fixedNanos();
        }
    }

    private int next() {
        int rank = inOrder ? 0 : lots.nextInt(queued);
        int next = oldestAfter(NONE);
        for (int i = 0; i < rank; i++) {
            next = oldestAfter(next);
        }
        return next;
    }

    /** Independent of which slots were free, so that lots mean the same in every run. */
    private int oldestAfter(int previous) {
        int oldest = NONE;
        for (int slot = 0; slot < states.length; slot++) {
            if (states[slot] == State.QUEUED
                    && (previous == NONE || numbers[slot] > numbers[previous])
                    && (oldest == NONE || numbers[slot] < numbers[oldest])) {
                oldest = slot;
            }
        }
        return oldest;
    }
}
