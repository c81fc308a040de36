package org.dray.hammer;

import java.util.HexFormat;
import org.dray.Access;
import org.dray.Tokens;

/**
 * What one process tells the other about a region of its own.
 *
 * @param id unique in the run; the number of its pattern
 * @param content what the owner does with the bytes
 * @param access what it published
 * @param singleUse whether one copy only may start
 * @param lengthBytes length of the region
 * @param tokens how to reach it
 */
record Offer(long id, Content content, Access access, boolean singleUse, long lengthBytes, Tokens tokens) {
    /** Disciplines that let a reader know what it must find. */
    enum Content {
        /** The pattern, unchanged until the region is closed, then poison. */
        CONSTANT,
        /** A stripe for each thread of each process, that this thread alone writes. */
        STRIPES,
        /** The owner unmaps and protects parts of it as it goes: anything may be read, and every copy may fail. */
        CHAOS
    }

    /** Threads of all processes that may write to a region at a time; process numbers wrap around. */
    static final int STRIPES = 64;

    long stripeBytes() {
        return lengthBytes / STRIPES;
    }

    String toLine() {
        return String.join(
                " ",
                Long.toString(id),
                content.name(),
                access.name(),
                Boolean.toString(singleUse),
                Long.toString(lengthBytes),
                HexFormat.of().formatHex(tokens.toBytes()));
    }

    static Offer parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Offer(
                Long.parseLong(parts[0]),
                Content.valueOf(parts[1]),
                Access.valueOf(parts[2]),
                Boolean.parseBoolean(parts[3]),
                Long.parseLong(parts[4]),
                Tokens.parse(HexFormat.of().parseHex(parts[5])));
    }

    @Override
    public String toString() {
        return "offer " + Long.toHexString(id) + " " + content + " " + access + (singleUse ? " once" : "") + " "
                + lengthBytes;
    }
}
