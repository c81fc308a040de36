package org.dray;

import java.util.Objects;

/**
 * The way that bytes take: from where, to where, and who carries them.
 *
 * @param source where the bytes come from
 * @param destination where they go
 * @param initiator who carries them
 */
public record Route(AddressSpace.Kind source, AddressSpace.Kind destination, Initiator initiator) {

    /** Who carries the bytes of a copy. */
    public enum Initiator {
        /** The calling thread, by a system call or by plain loads and stores. */
        CALLER,
        /** Somebody else on the caller's behalf: a device, a thread of the kernel, the owner's process. */
        ENGINE
    }

    /** Checks the components. */
    public Route {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(initiator, "initiator");
    }

    /** For example {@code PEER->LOCAL by CALLER}. */
    @Override
    public String toString() {
        return source + "->" + destination + " by " + initiator;
    }
}
