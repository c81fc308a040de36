package org.dray.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The calls into an engine's driver that are not copies: they register, allocate, attach, open, admit. A close waits
 * for them, so that no driver is called after its own close. Not part of {@link CopyCells}, because attaching copies
 * too.
 */
final class Calls {
    private final AtomicInteger running = new AtomicInteger();

    /** Either the call sees the engine closed, or the close sees the call: counter and mark are both volatile. */
    <T> T run(EngineCore engine, Supplier<T> call) {
        running.incrementAndGet();
        try {
            engine.requireOpen();
            return call.get();
        } finally {
            running.decrementAndGet();
        }
    }

    boolean awaitNone(long deadlineNanos) {
        return Waiting.until(() -> running.get() == 0, deadlineNanos);
    }
}
