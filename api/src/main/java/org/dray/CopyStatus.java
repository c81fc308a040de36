package org.dray;

/**
 * What became of a copy, an attach or a close, as far as the world and not the caller decides it. A caller's mistake is
 * never a status: it throws the JDK's exception before anything is submitted.
 */
public enum CopyStatus {
    /** All bytes were copied. A short transfer is never OK. */
    OK(Category.SUCCESS, false),
    /** The bytes are not a token: wrong magic, version, length or checksum. */
    TOKEN_INVALID(Category.TOKEN, false),
    /** A sound token of another host, boot, namespace or backend. */
    TOKEN_FOREIGN(Category.TOKEN, false),
    /** The region that the token named was closed, or consumed, by now. */
    TOKEN_STALE(Category.TOKEN, false),
    /** The owner's process has ended. */
    PEER_GONE(Category.PEER, false),
    /** The owner's process was replaced: by exec, or by another process under the same pid. */
    PEER_REPLACED(Category.PEER, false),
    /** The kernel refuses this process access to that one. The findings name the remedy. */
    PERMISSION(Category.PEER, true),
    /** Memory on the caller's side was not accessible. */
    BAD_LOCAL_ADDRESS(Category.MEMORY, false),
    /** Memory on the peer's or the device's side was not accessible: the owner unmapped or protected it. */
    BAD_REMOTE_ADDRESS(Category.MEMORY, false),
    /** Memory was not accessible, and it is not known on which side. */
    BAD_ADDRESS(Category.MEMORY, false),
    /** A limit was reached: descriptors, pins, slots, memory. The message names limit, used and wanted. */
    RESOURCE_LIMIT(Category.RESOURCE, true),
    /**
     * A region could not be closed within the bound because a peer's copy into it has not ended. The region is
     * quarantined: closed for every new use, its memory held until the copy ends.
     */
    BUSY(Category.RESOURCE, true),
    /** The backend that was asked for cannot be used on this machine; the findings say why. */
    UNAVAILABLE(Category.DEVICE, true),
    /** The device stopped or was removed. */
    DEVICE_HALTED(Category.DEVICE, false),
    /** No answer within the bound. Memory that was in use may still be written. */
    TIMEOUT(Category.DEVICE, true),
    /** Ended on request: a region or its engine was closed, or the operation was cancelled, before the copy ended. */
    CANCELLED(Category.CANCELLED, false),
    /** Never started, because something ordered before it failed. */
    NOT_ATTEMPTED(Category.CANCELLED, true),
    /** Something else went wrong in the kernel or the device; the errno tells. */
    IO_ERROR(Category.DEVICE, false);

    /** Groups of statuses for which callers do the same thing. */
    public enum Category {
        /** It worked. */
        SUCCESS,
        /** Ask the owner for a new token. */
        TOKEN,
        /** The other process: gone, replaced or forbidden. */
        PEER,
        /** Memory vanished or changed its protection. */
        MEMORY,
        /** A limit: free something, or wait, and retry. */
        RESOURCE,
        /** The device or the kernel's interface to it. */
        DEVICE,
        /** Somebody asked for it. */
        CANCELLED
    }

    private final Category category;
    private final boolean retryable;

    CopyStatus(Category category, boolean retryable) {
        this.category = category;
        this.retryable = retryable;
    }

    /**
     * The group this status belongs to.
     *
     * @return the category
     */
    public Category category() {
        return category;
    }

    /**
     * Tells whether the same call may succeed later without a new token or region.
     *
     * @return true if a retry makes sense
     */
    public boolean isRetryable() {
        return retryable;
    }
}
