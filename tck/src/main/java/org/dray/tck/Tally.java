package org.dray.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.Route;

/** Keeps the completions of one channel. */
final class Tally implements CompletionHandler {
    static final Duration LIMIT = Duration.ofSeconds(20);
    static final int MANY = 1 << 20;

    private final List<Completion> completions = new ArrayList<>();

    record Completion(long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route) {}

    @Override
    public void onCompletion(long sequence, long tag, CopyStatus status, long bytesDone, int errno, Route route) {
        completions.add(new Completion(sequence, tag, status, bytesDone, errno, route));
    }

    List<Completion> completions() {
        return completions;
    }

    int size() {
        return completions.size();
    }

    List<Long> tags() {
        return completions.stream().map(Completion::tag).toList();
    }

    Completion of(long sequence) {
        return completions.stream()
                .filter(it -> it.sequence == sequence)
                .findFirst()
                .orElseThrow(() -> new AssertionError("operation " + sequence + " was not completed"));
    }

    CopyStatus status(long sequence) {
        return of(sequence).status;
    }

    /** Polls until so many completions have come, and looks whether there are more. */
    Tally drain(CopyChannel channel, int count) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (size() < count) {
            if (!await(channel, deadline - System.nanoTime())) {
                throw new AssertionError("await() is false after " + size() + " completions, expected " + count);
            }
            channel.poll(this, MANY);
        }
        Expect.same(0, channel.poll(this, MANY), "polled after " + count + " completions, what poll gives");
        Expect.that(!await(channel, LIMIT.toNanos()), "something can be polled when nothing is outstanding");
        Expect.same(count, size(), "the number of completions");
        return this;
    }

    static boolean await(CopyChannel channel, long nanos) {
        try {
            return channel.await(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for completions", e);
        }
    }

    /** Complains unless these operations, and no others, were completed, each once. */
    void requireOnce(List<Long> sequences) {
        Set<Long> seen = new HashSet<>();
        for (Completion it : completions) {
            Expect.that(seen.add(it.sequence), "operation " + it.sequence + " was completed twice");
        }
        Expect.same(new HashSet<>(sequences), seen, "the completed operations");
    }

    void requireStatuses(CopyStatus... allowed) {
        Expect.outcomes(completions.stream().map(it -> it.status.name()).toList(), names(allowed));
    }

    private static String[] names(CopyStatus... statuses) {
        return List.of(statuses).stream().map(Enum::name).toArray(String[]::new);
    }

    void clear() {
        completions.clear();
    }
}
