package org.dray.hammer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.dray.CopyException;
import org.dray.CopyStatus;

/** Counts how calls ended, and reports those that ended as they must not. */
final class Judge {
    private static final int REPORTED = 20;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final boolean rough;
    private final Consumer<String> report;

    /** In a rough run any call that closes something, also inside, may give up on a process that was stopped. */
    Judge(boolean rough, Consumer<String> report) {
        this.rough = rough;
        this.report = report;
    }

    /** Something that may throw anything. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /**
     * How a call may end.
     *
     * @param mayReturn whether it may succeed
     * @param statuses statuses that it may throw
     * @param mistakes exceptions of the JDK that it may throw
     */
    record Verdict(boolean mayReturn, Set<CopyStatus> statuses, Set<Class<? extends Throwable>> mistakes) {}

    /** Makes the call; true if it returned. What it threw is null then, and else in {@code thrown[0]}. */
    boolean call(String what, Verdict verdict, Throwable[] thrown, Call call) {
        thrown[0] = null;
        try {
            call.run();
        } catch (Throwable e) {
            thrown[0] = e;
        }
        Throwable e = thrown[0];
        count(what + ' ' + outcome(e));
        boolean expected = e == null
                ? verdict.mayReturn()
                : e instanceof CopyException copy
                        ? verdict.statuses().contains(copy.status()) || rough && copy.status() == CopyStatus.BUSY
                        : verdict.mistakes().contains(e.getClass());
        if (!expected) {
            fail(what + (e == null ? " returned" : " threw") + ", allowed is " + verdict, e);
        }
        return e == null;
    }

    private static String outcome(Throwable e) {
        if (e == null) {
            return "OK";
        }
        return e instanceof CopyException copy
                ? copy.status().name()
                : e.getClass().getSimpleName();
    }

    void count(String what) {
        counts.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    void fail(String what, Throwable e) {
        if (failures.incrementAndGet() > REPORTED) {
            return;
        }
        StringWriter text = new StringWriter();
        text.append(Thread.currentThread().getName()).append(": ").append(what).append('\n');
        if (e != null) {
            e.printStackTrace(new PrintWriter(text));
        }
        report.accept(text.toString());
    }

    int failures() {
        return failures.get();
    }

    Map<String, Long> counts() {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((what, count) -> sorted.put(what, count.sum()));
        return sorted;
    }
}
