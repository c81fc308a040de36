package org.dray.tck.faults;

import java.time.Duration;
import java.util.Objects;
import org.dray.CopyStatus;

/** What happens to one operation, of a copy or of a channel. */
public sealed interface Fault {

    /**
     * The operation starts later. The thread that copies waits; one that uses a channel does not.
     *
     * @param time how much later
     */
    record Delay(Duration time) implements Fault {
        /** Checks the component. */
        public Delay {
            if (time.isNegative()) {
                throw new IllegalArgumentException("a delay of " + time + " is negative");
            }
        }
    }

    /**
     * The operation moves nothing and fails.
     *
     * @param status with which status; not OK
     * @param errno with which error number, or 0
     */
    record Fail(CopyStatus status, int errno) implements Fault {
        /** Checks the components. */
        public Fail {
            if (Objects.requireNonNull(status, "status") == CopyStatus.OK) {
                throw new IllegalArgumentException("a failure cannot be OK");
            }
        }
    }

    /**
     * The operation moves a first part of its bytes and says so, without a reason.
     *
     * @param bytes how many at the most, rounded down to the route's alignment; all but the last unit if there are no
     *     more than that
     */
    record Shorten(long bytes) implements Fault {
        /** Checks the component. */
        public Shorten {
            if (bytes < 0) {
                throw new IllegalArgumentException("a length of " + bytes + " bytes is negative");
            }
        }
    }

    /**
     * The operation claims success, and one byte of the destination is wrong. One side must be own memory in buffers;
     * other operations are an IllegalStateException.
     *
     * @param offsetBytes which byte of the operation; its last one if it has no more
     */
    record Corrupt(long offsetBytes) implements Fault {
        /** Checks the component. */
        public Corrupt {
            if (offsetBytes < 0) {
                throw new IllegalArgumentException("offset " + offsetBytes + " is negative");
            }
        }
    }

    /** The device stops: this operation and every later one fail with {@link CopyStatus#DEVICE_HALTED}. */
    record Halt() implements Fault {}

    /** The end of an operation of a channel is reported twice. Synchronous copies go through unchanged. */
    record Duplicate() implements Fault {}

    /**
     * The end of an operation of a channel is reported only after others, or when no other is under way. Synchronous
     * copies go through unchanged.
     *
     * @param others after how many
     */
    record Reorder(int others) implements Fault {
        /** Checks the component. */
        public Reorder {
            if (others < 1) {
                throw new IllegalArgumentException(others + " is no number of operations to come after");
            }
        }
    }

    /**
     * The end of an operation of a channel is never reported, although its bytes move. Synchronous copies go through
     * unchanged.
     */
    record Drop() implements Fault {}
}
