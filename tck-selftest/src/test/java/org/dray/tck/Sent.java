package org.dray.tck;

import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.jspecify.annotations.Nullable;

/** One submit as the kit asked for it, with genuine regions. Used again and again, because rules count garbage. */
final class Sent {
    @Nullable
    MemoryRegion source;

    @Nullable
    MemoryRegion destination;

    long from;
    long to;
    long bytes;
    long tag;
    int flags;

    @SuppressWarnings("NullAway") // rules hand over null to see it refused
    long to(CopyChannel channel) {
        return channel.submit(source, from, destination, to, bytes, tag, flags);
    }

    /** Does at once what was asked for. */
    @SuppressWarnings("NullAway")
    void copy(CopyEngine engine) {
        engine.copy(source, from, destination, to, bytes);
    }

    /** The same in an object of its own. */
    Sent kept() {
        Sent copy = new Sent();
        copy.source = source;
        copy.destination = destination;
        copy.from = from;
        copy.to = to;
        copy.bytes = bytes;
        copy.tag = tag;
        copy.flags = flags;
        return copy;
    }

    /** Memory lives as long as whatever refers to it. */
    void forget() {
        source = null;
        destination = null;
    }
}
