package org.dray.tck;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.jspecify.annotations.Nullable;

/** Rules about futures. */
abstract class FutureRules extends RuleGroup {
    private static final int FUTURES = 8;

    @Verifies(Rule.ASYNC_33)
    final void async33_futureCompletesWhenTheBytesAreThere() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        CompletableFuture<Void> future = start(track, 0);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> dependent =
                future.thenRun(() -> threads.add(Thread.currentThread().getName()));
        track.requireUntouched(0);
        Expect.that(!future.isDone(), "a future is done whose copy has not begun");
        brake.release();
        await(dependent);
        track.requireCopied(0);
        Expect.same(Set.of(Brake.THREAD), threads, "the thread that completes a future");
        for (int round = 0; round < effort().rounds(500, 10); round++) {
            track.poison();
            await(start(track, round % track.slots()));
            track.requireCopied(round % track.slots());
        }
        scene().dray().close();
        Expect.that(!brake.isStopped(), "Dray has stopped an executor that is not its own");
    }

    @Verifies(Rule.ASYNC_34)
    final void async34_mistakesAreThrownAtOnce() {
        Track track = Track.of(scene());
        Track closed = Track.of(scene());
        closed.source().region().close();
        MemoryRegion from = track.source().region();
        MemoryRegion to = track.destination().region();
        long bytes = track.slotBytes();
        Expect.refused(
                IndexOutOfBoundsException.class,
                "a range that leaves its region",
                () -> await(engine().copyAsync(from, from.byteSize(), to, 0, bytes)));
        Expect.refused(
                IllegalStateException.class,
                "a closed region",
                () -> await(engine().copyAsync(closed.source().region(), 0, to, 0, bytes)));
        String copy = Race.outcome(() -> engine().copy(from, 0, from, 0, bytes));
        Expect.same(
                copy,
                Race.outcome(() -> await(engine().copyAsync(from, 0, from, 0, bytes))),
                "what copyAsync says to a destination that cannot be written");
        track.destination().expectAll(Track.POISON, "the destination after refused copies");
    }

    @Verifies(Rule.ASYNC_35)
    final void async35_futureOfAFailedCopyTellsWhy() {
        Track track = Track.far(scene(), peer(), "far", 1, 64, false);
        peer().close("far");
        CopyException failure = failureOf(start(track, 0));
        Expect.same(CopyStatus.TOKEN_STALE, failure.status(), "the status");
        Expect.same(kit().backendId(), failure.engineId(), "the engine");
        Expect.same(
                track.info().route(), failure.route().orElseThrow(() -> new AssertionError("no route")), "the route");
    }

    @Verifies(Rule.ASYNC_36)
    final void async36_refusingExecutorFailsTheFuture() {
        Brake brake = scene().brake();
        brake.release();
        Track track = Track.of(scene());
        brake.refuse(true);
        Expect.same(CopyStatus.RESOURCE_LIMIT, failureOf(start(track, 0)).status(), "the status");
        track.requireUntouched(0);
        brake.refuse(false);
        await(start(track, 0));
        track.requireCopied(0);
    }

    @Verifies(Rule.ASYNC_37)
    final void async37_closedDrayEndsItsFutures() {
        Brake brake = scene().brake();
        Track track = Track.of(scene());
        List<CompletableFuture<Void>> futures =
                IntStream.range(0, FUTURES).mapToObj(slot -> start(track, slot)).toList();
        scene().dray().close();
        boolean isReachable = !(track.destination() instanceof SpacePlace);
        for (CompletableFuture<Void> future : futures) {
            Expect.same(CopyStatus.CANCELLED, failureOf(future).status(), "the status of a copy that has not begun");
        }
        brake.release();
        if (isReachable) {
            track.destination().expectAll(Track.POISON, "the destination after Dray was closed");
        }
    }

    static CompletableFuture<Void> start(Track track, int slot) {
        long offset = (long) slot * track.slotBytes();
        return track.engine()
                .copyAsync(track.source().region(), offset, track.destination().region(), offset, track.slotBytes());
    }

    static void await(CompletableFuture<Void> future) {
        Throwable failure = ending(future);
        Expect.that(failure == null, "a future failed: " + failure);
    }

    private static CopyException failureOf(CompletableFuture<Void> future) {
        Throwable failure = ending(future);
        if (failure instanceof CopyException e) {
            return e;
        }
        throw new AssertionError("a future ended with " + failure + " instead of a CopyException", failure);
    }

    /** What a future failed with; null if it did not. */
    private static @Nullable Throwable ending(CompletableFuture<Void> future) {
        try {
            future.get(Tally.LIMIT.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof CompletionException dependent ? dependent.getCause() : e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("a future is not done after " + Tally.LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a future", e);
        }
    }
}
