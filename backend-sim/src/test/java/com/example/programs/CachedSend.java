package com.example.programs;

import java.nio.ByteBuffer;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.InvalidationNotifier;
import org.dray.MemoryRegion;
import org.dray.RegistrationCache;
import org.dray.Watch;

/** What a library that reuses registrations writes, with Dray's cache and with a notifier of its own. */
final class CachedSend {
    private CachedSend() {}

    /** Tells whether the bytes that arrived can be trusted. */
    static boolean send(RegistrationCache cache, ByteBuffer message, MemoryRegion far) {
        MemoryRegion near = cache.acquire(message, Access.READ);
        try {
            far.engine().copy(near, 0, far, 0, near.byteSize());
        } finally {
            if (!cache.release(near)) {
                return false;
            }
        }
        return true;
    }

    /** The same by hand: watch, register, re-test, copy, re-test. */
    static boolean sendWatched(InvalidationNotifier notifier, CopyEngine engine, ByteBuffer message, MemoryRegion far) {
        try (Watch watch = notifier.watch(message);
                MemoryRegion near = engine.register(message, Access.READ)) {
            if (!watch.isValid()) {
                return false;
            }
            engine.copy(near, 0, far, 0, near.byteSize());
            return notifier.confirm(watch);
        }
    }
}
