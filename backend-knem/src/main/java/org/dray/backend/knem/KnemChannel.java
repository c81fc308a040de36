package org.dray.backend.knem;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.Completions;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;

/**
 * Copies that the driver's thread makes, in the order in which they were started; an operation's name is its slot in
 * the status array.
 *
 * <p>A copy into another process runs in the thread that starts it. The driver's thread finishes what it has begun even
 * when the process that asked for it was killed, and would write into memory whose owner has seen the process end, and
 * has taken the memory back.
 */
final class KnemChannel implements DriverChannel {
    static final int DEPTH = 64;

    private final Transfers transfers;
    private final KnemContext context;
    private final Waiting waiting;
    private final int flags;
    private final Request request;
    private final BooleanSupplier due = this::isDue; // made once: a wait allocates nothing
    private final NameQueue queued = new NameQueue(DEPTH);
    private final NameQueue ended = new NameQueue(DEPTH);
    private final long[] lengthBytes = new long[DEPTH];
    private final int[] errno = new int[DEPTH];
    private final CopyStatus[] status = new CopyStatus[DEPTH];

    /** Takes over the context, which has a status array. */
    KnemChannel(Transfers transfers, KnemContext context, boolean hasNotification) {
        this.transfers = transfers;
        this.context = context;
        this.flags = Abi.FLAG_COPY_THREAD | (hasNotification ? Abi.FLAG_NOTIFY : 0);
        this.waiting = hasNotification ? new Readiness(context) : new Polling();
        this.request = new Request();
        Arrays.fill(status, CopyStatus.OK);
    }

    @Override
    public void start(
            int operation,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long length) {
        boolean isQueued = destination instanceof NearRegion;
        int result = transfers.submit(
                request,
                context,
                isQueued ? flags : 0,
                operation,
                source,
                sourceOffsetBytes,
                destination,
                destinationOffsetBytes,
                length);
        lengthBytes[operation] = length;
        if (result == 0 && isQueued && request.status() == Abi.PENDING) {
            queued.add(operation);
            return;
        }
        if (result == 0) {
            result = Transfers.await(request, context, operation);
        }
        errno[operation] = Math.max(-result, 0);
        status[operation] = result == 0 ? CopyStatus.OK : transfers.statusOf(result, source, destination);
        ended.add(operation);
        waiting.wakeWaiter();
    }

    @Override
    public void poll(Completions completions) {
        for (int operation = ended.first(); operation != NameQueue.NONE; operation = ended.first()) {
            ended.removeFirst();
            report(completions, operation, status[operation], errno[operation]);
        }
        int reported = 0;
        for (int operation = queued.first(); hasEnded(operation); operation = queued.first()) {
            int how = context.status(operation);
            queued.removeFirst();
            reported++;
            report(completions, operation, how == Abi.SUCCESS ? CopyStatus.OK : CopyStatus.IO_ERROR, 0);
        }
        waiting.reported(reported);
    }

    private boolean hasEnded(int operation) {
        return operation != NameQueue.NONE && context.status(operation) != Abi.PENDING;
    }

    private void report(Completions completions, int operation, CopyStatus how, int errorNumber) {
        completions.ended(operation, how, errorNumber, how == CopyStatus.OK ? lengthBytes[operation] : 0);
    }

    /** Whether there is something to poll; asked by the thread that waits, beside the others. */
    private boolean isDue() {
        return ended.first() != NameQueue.NONE || hasEnded(queued.first());
    }

    @Override
    public void await(long timeoutNanos) {
        waiting.await(due, timeoutNanos);
    }

    @Override
    public void wake() {
        waiting.wake();
    }

    /** The driver takes nothing back. */
    @Override
    public CancelResult cancel(int operation) {
        boolean isQueued = queued.contains(operation) && context.status(operation) == Abi.PENDING;
        return isQueued ? CancelResult.PENDING : CancelResult.TOO_LATE;
    }

    @Override
    public void close() {
        context.close();
        waiting.close();
        request.close();
    }
}
