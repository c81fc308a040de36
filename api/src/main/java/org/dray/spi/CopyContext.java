package org.dray.spi;

import org.dray.CopyStatus;

/**
 * Belongs to one copy at a time: carries the reason when it fails, and an index that no other running copy of this Dray
 * has, for scratch memory. Nothing is allocated when the copy succeeds.
 */
public abstract class CopyContext {
    /** As many copies run at a time; further ones wait for a free context. */
    public static final int COUNT = 64;

    private final int index;
    private CopyStatus status = CopyStatus.OK;
    private int errno;
    private String detail = "";

    /**
     * Makes a context.
     *
     * @param index 0 to {@link #COUNT} - 1
     */
    protected CopyContext(int index) {
        this.index = index;
    }

    /**
     * Which context this is.
     *
     * @return 0 to {@link #COUNT} - 1
     */
    public final int index() {
        return index;
    }

    /**
     * Says why a copy failed, even if all its bytes were moved. Return the result from {@link CopyDriver#copy}.
     *
     * @param status what happened; not OK
     * @param errno the system's error number, or 0
     * @param bytesDone exact length of the prefix that was moved; ignored where the route reports NONE
     * @return {@code bytesDone}
     */
    public final long fail(CopyStatus status, int errno, long bytesDone) {
        return fail(status, errno, bytesDone, "");
    }

    /**
     * Like {@link #fail(CopyStatus, int, long)}, with an explanation.
     *
     * @param status what happened; not OK
     * @param errno the system's error number, or 0
     * @param bytesDone exact length of the prefix that was moved
     * @param detail for people
     * @return {@code bytesDone}
     */
    public final long fail(CopyStatus status, int errno, long bytesDone, String detail) {
        this.status = status;
        this.errno = errno;
        this.detail = detail;
        return bytesDone;
    }

    /** Forgets the last failure. */
    protected final void reset() {
        status = CopyStatus.OK;
        errno = 0;
        detail = "";
    }

    /**
     * Why the copy failed.
     *
     * @return OK if nothing was said
     */
    protected final CopyStatus status() {
        return status;
    }

    /**
     * The system's error number.
     *
     * @return errno, or 0
     */
    protected final int errno() {
        return errno;
    }

    /**
     * The explanation.
     *
     * @return the text, possibly empty
     */
    protected final String detail() {
        return detail;
    }
}
