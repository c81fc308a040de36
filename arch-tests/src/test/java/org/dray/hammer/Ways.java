package org.dray.hammer;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/**
 * The ways to make one copy: in this thread, as a future, through a channel. They end alike, so that one judge fits
 * all.
 */
final class Ways {
    private static final long BOUND_SECONDS = 60;

    private Ways() {}

    static void copy(
            CopyEngine engine,
            MemoryRegion source,
            long from,
            MemoryRegion target,
            long to,
            long length,
            SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0 -> finish(engine.copyAsync(source, from, target, to, length));
            case 1 -> throughChannel(engine, source, from, target, to, length, random);
            default -> engine.copy(source, from, target, to, length);
        }
    }

    /** Waits on although the hammer interrupts its threads. */
    private static void finish(CompletableFuture<Void> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get(BOUND_SECONDS, TimeUnit.SECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof CopyException failure) {
                        throw failure;
                    }
                    throw new AssertionError(e.getCause());
                } catch (TimeoutException e) {
                    throw new AssertionError("a future that does not end", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void throughChannel(
            CopyEngine engine,
            MemoryRegion source,
            long from,
            MemoryRegion target,
            long to,
            long length,
            SplittableRandom random) {
        CopyException[] failure = {null};
        try (CopyChannel channel =
                engine.openChannel(new ChannelOptions(1 + random.nextInt(4), random.nextBoolean()))) {
            int flags = random.nextBoolean() ? CopyChannel.FENCE : 0;
            long submitted = channel.submit(source, from, target, to, length, length, flags);
            if (submitted == CopyChannel.CHANNEL_CLOSED) {
                throw new IllegalStateException("the channel is closed");
            }
            if (random.nextInt(8) == 0) {
                channel.cancel(submitted);
            }
            awaitCompletion(channel);
            int polled = channel.poll(
                    (sequence, tag, status, bytesDone, errno, route) -> {
                        if (sequence != submitted || tag != length) {
                            throw new AssertionError("completion of " + sequence + ", submitted was " + submitted);
                        }
                        if (status != CopyStatus.OK) {
                            failure[0] = new CopyException(
                                    status, engine.id(), Optional.of(route), errno, bytesDone, "by channel", List.of());
                        }
                    },
                    2);
            if (polled != 1) {
                throw new AssertionError(polled + " completions of one operation");
            }
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static void awaitCompletion(CopyChannel channel) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        try {
            while (!awaits(channel, end)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean awaits(CopyChannel channel, long end) {
        try {
            if (channel.await(end - System.nanoTime())) {
                return true;
            }
            throw new AssertionError("an operation without a completion");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
