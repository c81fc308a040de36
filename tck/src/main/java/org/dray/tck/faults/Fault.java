package org.dray.tck.faults;

import java.time.Duration;
import java.util.Objects;
import org.dray.CopyStatus;

/** What happens to one operation. */
public sealed interface Fault {

    /**
     * The operation starts later; the thread that carries it waits.
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
}
