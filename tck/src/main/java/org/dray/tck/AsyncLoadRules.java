package org.dray.tck;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyStatus;

/** Rules about many channels and many threads, and about garbage. */
abstract class AsyncLoadRules extends RuleGroup {
    static final int DEEP = 1000;

    private static final int CAPACITY = 16;
    private static final int THREADS = 8;
    private static final CompletionHandler NOTHING = (sequence, tag, status, bytesDone, errno, route) -> {};

    @Verifies(Rule.ASYNC_29)
    final void async29_channelsOfEightThreadsAreExact() {
        Track track = Track.of(scene());
        int own = track.slots() / THREADS;
        int rounds = effort().rounds(500, 5);
        List<Runnable> actions = IntStream.range(0, THREADS)
                .<Runnable>mapToObj(index -> {
                    CopyChannel channel = track.open(CAPACITY);
                    return () -> use(track, channel, index * own, own, rounds);
                })
                .toList();
        Expect.outcomes(Race.of(actions), Race.OK);
        IntStream.range(0, THREADS * own).forEach(track::requireCopied);
    }

    private static void use(Track track, CopyChannel channel, int firstSlot, int slots, int rounds) {
        for (int round = 0; round < rounds; round++) {
            List<Long> sequences = IntStream.range(firstSlot, firstSlot + slots)
                    .mapToObj(slot -> Track.accepted(track.submit(channel, slot)))
                    .toList();
            Tally tally = new Tally().drain(channel, slots);
            tally.requireOnce(sequences);
            tally.requireStatuses(CopyStatus.OK);
            for (int i = 0; i < slots; i++) {
                Expect.same((long) firstSlot + i, tally.of(sequences.get(i)).tag(), "the tag");
            }
        }
    }

    @Verifies(Rule.ASYNC_30)
    final void async30_channelsDoNotDisturbEachOther() {
        Track track = Track.of(scene());
        CopyChannel idle = track.open(2);
        List<Long> waiting = track.submitFirst(idle, 2);
        CopyChannel busy = track.open(CAPACITY);
        use(track, busy, 2, CAPACITY, effort().rounds(50, 3));
        List<Long> sequences = track.submitFirst(busy, CAPACITY);
        idle.close();
        Tally tally = new Tally().drain(busy, CAPACITY);
        tally.requireOnce(sequences);
        tally.requireStatuses(CopyStatus.OK);
        Tally late = new Tally().drain(idle, 2);
        late.requireOnce(waiting);
        late.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
        use(track, busy, 0, CAPACITY, 1);
    }

    @Verifies(Rule.ASYNC_31)
    final void async31_manyAndDeepChannelsCompleteEverything() {
        Track track = Track.of(scene());
        CopyChannel deep = track.open(DEEP);
        List<CopyChannel> many = IntStream.range(0, effort().rounds(100, 70))
                .mapToObj(it -> track.open(2))
                .toList();
        many.forEach(it -> track.submitFirst(it, 2));
        List<Long> sequences = IntStream.range(0, DEEP)
                .mapToObj(it -> Track.accepted(track.submit(deep, it % track.slots())))
                .toList();
        many.forEach(it -> new Tally().drain(it, 2).requireStatuses(CopyStatus.OK));
        Tally tally = new Tally().drain(deep, DEEP);
        tally.requireOnce(sequences);
        tally.requireStatuses(CopyStatus.OK);
        IntStream.range(0, track.slots()).forEach(track::requireCopied);
    }

    @Verifies(Rule.ASYNC_32)
    final void async32_submitAndPollAllocateNothing() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)
                || !threads.isThreadAllocatedMemorySupported()) {
            throw new NotRun("this JVM does not count what threads allocate");
        }
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        long thread = Thread.currentThread().getId();
        long[] batches = new long[10];
        int rounds = effort().rounds(1000, 200);
        for (int batch = 0; batch < batches.length; batch++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < rounds; i++) {
                track.submit(channel, 0);
                while (channel.poll(NOTHING, 1) == 0) {
                    Tally.await(channel, Long.MAX_VALUE);
                }
            }
            batches[batch] = threads.getThreadAllocatedBytes(thread) - before;
        }
        // The first batches pay for warming up, and reading the counter itself may cost a few bytes.
        long least = Arrays.stream(batches).min().orElseThrow();
        Expect.that(
                least < rounds,
                rounds + " operations allocated " + least + " bytes, batches " + Arrays.toString(batches));
    }

    @Verifies(Rule.ASYNC_38)
    final void async38_virtualThreadsMakeProgress() throws ReflectiveOperationException {
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        requireProgress(executor, effort().rounds(1000, 100));
    }

    @Verifies(Rule.ASYNC_39)
    final void async39_platformThreadsMakeProgress() {
        requireProgress(Executors.newCachedThreadPool(), effort().rounds(100, 20));
    }

    /** Each thread copies at once, by a channel of its own and by a future. */
    private void requireProgress(ExecutorService executor, int threads) {
        Track track = Track.of(scene());
        Set<String> outcomes = ConcurrentHashMap.newKeySet();
        List<CopyChannel> channels = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int slot = i % track.slots();
            CopyChannel channel = track.open(1);
            channels.add(channel);
            executor.execute(() -> outcomes.add(Race.outcome(() -> {
                long offset = (long) slot * track.slotBytes();
                track.engine()
                        .copy(
                                track.source().region(),
                                offset,
                                track.destination().region(),
                                offset,
                                track.slotBytes());
                track.submitFirst(channel, 1);
                new Tally().drain(channel, 1).requireStatuses(CopyStatus.OK);
                track.engine()
                        .copyAsync(
                                track.source().region(),
                                offset,
                                track.destination().region(),
                                offset,
                                track.slotBytes())
                        .join();
            })));
        }
        executor.shutdown();
        try {
            Expect.that(
                    executor.awaitTermination(Tally.LIMIT.toSeconds(), TimeUnit.SECONDS),
                    "of " + threads + " threads some have not ended after " + Tally.LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for threads", e);
        }
        Expect.same(Set.of(Race.OK), outcomes, "the outcomes of " + threads + " threads");
        channels.forEach(CopyChannel::close);
    }
}
