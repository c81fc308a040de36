package org.dray.tck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.Route;

/** Rules about handlers, and about the threads that use a channel. */
abstract class AsyncHandlerRules extends RuleGroup {
    private static final int CAPACITY = 16;
    private static final String REFUSED = IllegalStateException.class.getSimpleName();

    @Verifies(Rule.ASYNC_19)
    final void async19_handlerMaySubmitCancelAndPoll() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        int operations = effort().rounds(5000, 100);
        Tally tally = new Tally();
        List<Long> sequences = new ArrayList<>(track.submitFirst(channel, CAPACITY / 2));
        CompletionHandler handler = new CompletionHandler() {
            @Override
            public void onCompletion(
                    long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route) {
                tally.onCompletion(sequence, tag, status, bytesDone, errno, route);
                Expect.same(CancelResult.TOO_LATE, channel.cancel(sequence), "cancelling what has ended");
                if (sequences.size() < operations) {
                    sequences.add(Track.accepted(track.submit(channel, sequences.size() % track.slots())));
                }
                if (sequence % 3 == 0) {
                    channel.poll(tally, 1);
                }
            }
        };
        while (tally.size() < sequences.size()) {
            Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing to poll after " + tally.size());
            channel.poll(handler, 4);
        }
        tally.drain(channel, sequences.size()).requireOnce(sequences);
        tally.requireStatuses(CopyStatus.OK);
    }

    @Verifies(Rule.ASYNC_20)
    final void async20_exceptionOfAHandlerLosesNothing() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY, true);
        List<Long> sequences = track.submitFirst(channel, CAPACITY);
        Tally tally = new Tally();
        IllegalStateException thrown = new IllegalStateException("thrown by the handler");
        for (int i = 0; i < CAPACITY / 2; i++) {
            Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing to poll after " + i);
            try {
                int handed = channel.poll(
                        (sequence, tag, status, bytesDone, errno, route) -> {
                            tally.onCompletion(sequence, tag, status, bytesDone, errno, route);
                            throw thrown;
                        },
                        CAPACITY);
                throw new AssertionError("poll gave " + handed + " although its handler threw");
            } catch (IllegalStateException e) {
                Expect.that(e == thrown, "poll threw " + e + " instead of what its handler threw");
            }
            Expect.same(i + 1, tally.size(), "completions handed over by " + (i + 1) + " polls that threw");
        }
        tally.drain(channel, CAPACITY).requireOnce(sequences);
    }

    @Verifies(Rule.ASYNC_21)
    final void async21_handlerMayCloseItsChannel() {
        Track track = Track.of(scene(), CAPACITY, 1 << 16);
        CopyChannel channel = track.open(CAPACITY);
        List<Long> sequences = track.submitFirst(channel, CAPACITY);
        Tally tally = new Tally();
        Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing to poll");
        channel.poll(
                (sequence, tag, status, bytesDone, errno, route) -> {
                    tally.onCompletion(sequence, tag, status, bytesDone, errno, route);
                    channel.close();
                    Expect.same(CopyChannel.CHANNEL_CLOSED, track.submit(channel, 0), "a submit after close");
                },
                2);
        tally.drain(channel, CAPACITY).requireOnce(sequences);
        tally.requireStatuses(CopyStatus.OK, CopyStatus.CANCELLED);
    }

    @Verifies(Rule.ASYNC_22)
    final void async22_handlersRunWhereThePollIsCalled() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        Set<Thread> threads = new HashSet<>();
        int polled = 0;
        for (int round = 0; round < effort().rounds(500, 5); round++) {
            track.submitFirst(channel, CAPACITY);
            for (int left = CAPACITY; left > 0; ) {
                Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing to poll");
                int handed = channel.poll(
                        (sequence, tag, status, bytesDone, errno, route) -> threads.add(Thread.currentThread()), left);
                left -= handed;
                polled += handed;
            }
        }
        Expect.that(polled > 0, "nothing was polled");
        Expect.same(Set.of(Thread.currentThread()), threads, "the threads of the handler");
    }

    @Verifies(Rule.ASYNC_23)
    final void async23_secondThreadIsRefusedAndMayComeLater() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(CAPACITY);
        Tally tally = new Tally();
        List<Runnable> uses = List.of(
                () -> track.submit(channel, 1),
                () -> channel.poll(tally, 1),
                () -> Tally.await(channel, 0),
                () -> channel.cancel(0));
        track.submitFirst(channel, 1);
        Expect.that(Tally.await(channel, Tally.LIMIT.toNanos()), "nothing to poll");
        List<String> outcomes = new ArrayList<>();
        channel.poll((sequence, tag, status, bytesDone, errno, route) -> outcomes.addAll(Race.of(uses)), 1);
        Expect.same(List.of(REFUSED, REFUSED, REFUSED, REFUSED), outcomes, "what other threads got");
        Runnable wholeUse = () -> {
            track.submitFirst(channel, CAPACITY);
            new Tally().drain(channel, CAPACITY);
        };
        for (int round = 0; round < effort().rounds(20, 2); round++) {
            Expect.outcomes(Race.of(1, wholeUse), Race.OK);
        }
        Expect.outcomes(Race.of(1, channel::close), Race.OK);
    }

    /** One thread writes, submits, and says so to nobody; the channel alone tells the thread that polls. */
    @Verifies(Rule.ASYNC_24)
    final void async24_completionMakesWhatWasWrittenVisible() {
        Track track = Track.of(scene());
        CopyChannel channel = track.open(1);
        int rounds = effort().rounds(1000, 100);
        long[] plain = new long[1];
        AtomicLong seen = new AtomicLong();
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        CompletionHandler reader = (sequence, tag, status, bytesDone, errno, route) -> {
            boolean isThere = plain[0] == tag
                    && Pattern.difference(
                                    Pattern.bytes(tag, 0, 8),
                                    track.destination().get(0, 8),
                                    0)
                            .isEmpty();
            if (!isThere) {
                wrong.add("in round " + tag + " the plain field is " + plain[0] + ", the bytes are of another round");
            }
            seen.set(tag);
        };
        Runnable writing = () -> {
            for (long round = 1; round <= rounds && wrong.isEmpty(); round++) {
                long tag = round;
                track.source().put(0, Pattern.bytes(tag, 0, 8));
                plain[0] = tag;
                whenAlone(() -> Track.accepted(channel.submit(
                        track.source().region(), 0, track.destination().region(), 0, track.slotBytes(), tag, 0)));
                Patience.spinUntil(() -> seen.get() == tag);
            }
        };
        Runnable polling = () -> {
            while (seen.get() < rounds && wrong.isEmpty()) {
                whenAlone(() -> channel.poll(reader, 1));
            }
        };
        List<String> outcomes = Race.of(List.of(writing, polling));
        Expect.same(Set.of(), wrong, "what the polling thread saw");
        Expect.outcomes(outcomes, Race.OK);
    }

    /** Does something that the other thread may be preventing just now. */
    private static void whenAlone(Runnable use) {
        while (true) {
            try {
                use.run();
                return;
            } catch (IllegalStateException otherIsInside) {
                Thread.onSpinWait();
            }
        }
    }
}
