package org.dray.bench;

import java.io.IOException;

/** The same copies by the loop in C, with or without the question for the owner's lock after each. */
final class CCopies implements Variant {
    private final Child loop;
    private final boolean proven;

    CCopies(Child loop, boolean proven) {
        this.loop = loop;
        this.proven = proven;
    }

    @Override
    public double nanosPerCopy(int lengthBytes, long copies) throws IOException {
        loop.writeLine(lengthBytes + " " + copies + " " + (proven ? 1 : 0));
        return (double) Long.parseLong(loop.readLine()) / copies;
    }
}
