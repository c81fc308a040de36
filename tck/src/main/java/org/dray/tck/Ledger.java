package org.dray.tck;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the kit itself saw of each test of one class, written by the innermost interceptor. JUnit's own results pass
 * through every extension that a stranger may have registered, and can be made green on the way; this cannot.
 */
final class Ledger {
    private static final Map<String, Ledger> BY_CLASS = new ConcurrentHashMap<>();

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile Optional<Facts> facts = Optional.empty();

    /** What a test came to; a later mark cannot better an earlier one. */
    enum Mark {
        STARTED,
        PASSED,
        NOT_APPLICABLE,
        NOT_RUN,
        FAILED
    }

    record Entry(Mark mark, String reason) {}

    private Ledger() {}

    /** The ledger of a test class, empty if nothing was written yet. */
    static Ledger of(String testClass) {
        return BY_CLASS.computeIfAbsent(testClass, any -> new Ledger());
    }

    static void forget(String testClass) {
        BY_CLASS.remove(testClass);
    }

    void mark(String uniqueId, Mark mark, String reason) {
        entries.merge(
                uniqueId, new Entry(mark, reason), (old, now) -> old.mark().compareTo(now.mark()) > 0 ? old : now);
    }

    Optional<Entry> entry(String uniqueId) {
        return Optional.ofNullable(entries.get(uniqueId));
    }

    void record(Facts facts) {
        this.facts = Optional.of(facts);
    }

    Optional<Facts> facts() {
        return facts;
    }
}
