package org.dray;

/** Why watched memory is no longer what it was. */
public enum ChangeCause {
    /** The range was unmapped. */
    UNMAP,
    /** Another mapping was put over the range. */
    REPLACE,
    /** The range was moved or resized. */
    REMAP,
    /** The pages were dropped and read as zero or as the file's contents next time. */
    DISCARD,
    /** The file behind the range was shortened or punched. */
    TRUNCATE,
    /** The protection changed. */
    PROTECT,
    /** The process forked; pages may be copied on the next write. */
    FORK,
    /** Events were lost: every watch of the notifier is invalid. */
    OVERFLOW
}
