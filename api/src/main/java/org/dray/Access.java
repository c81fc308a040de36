package org.dray;

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
}
