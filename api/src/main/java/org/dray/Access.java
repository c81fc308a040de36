package org.dray;

import java.util.Arrays;
import java.util.Optional;

/** What a copy may do with the bytes of a region. An owner publishes it; attaching can narrow it, never widen it. */
public enum Access {
    /** Copies may read the region. */
    READ(true, false),
    /** Copies may write the region. */
    WRITE(false, true),
    /** Copies may read and write the region. */
    READ_WRITE(true, true);

    private final boolean readable;
    private final boolean writable;

    Access(boolean readable, boolean writable) {
        this.readable = readable;
        this.writable = writable;
    }

    /**
     * Tells whether a region with this access may be the source of a copy.
     *
     * @return true for READ and READ_WRITE
     */
    public boolean isReadable() {
        return readable;
    }

    /**
     * Tells whether a region with this access may be the destination of a copy.
     *
     * @return true for WRITE and READ_WRITE
     */
    public boolean isWritable() {
        return writable;
    }

    /**
     * Tells whether this access grants everything that {@code other} asks for.
     *
     * @param other the access that somebody wants
     * @return true if {@code other} is no wider than this access
     */
    public boolean covers(Access other) {
        return (readable || !other.readable) && (writable || !other.writable);
    }

    /**
     * This access as a number, for encodings: bit 0 read, bit 1 write.
     *
     * @return 1, 2 or 3
     */
    public int code() {
        return (readable ? 1 : 0) | (writable ? 2 : 0);
    }

    /**
     * The access that a number encodes.
     *
     * @param code what {@link #code} gave
     * @return the access, or empty for any other number
     */
    public static Optional<Access> ofCode(int code) {
        return Arrays.stream(values()).filter(access -> access.code() == code).findFirst();
    }
}
