package org.dray.backend.knem;

import java.util.List;
import org.dray.CopyStatus;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.spi.BackendException;

/** What the driver's error numbers mean. */
final class Errors {
    private Errors() {}

    /** Of a copy whose owner lives. An unknown cookie and that of a closed region are the same to whoever holds it. */
    static CopyStatus ofCopy(int errno) {
        return switch (errno) {
            case Errno.EINVAL, Errno.EACCES -> CopyStatus.TOKEN_STALE;
            case Errno.EPERM -> CopyStatus.PERMISSION;
            case Errno.EFAULT -> CopyStatus.BAD_LOCAL_ADDRESS;
            case Errno.ENOMEM, Errno.EBUSY -> CopyStatus.RESOURCE_LIMIT;
            default -> CopyStatus.IO_ERROR;
        };
    }

    /** For people. */
    static String explain(CopyStatus status) {
        return switch (status) {
            case TOKEN_STALE -> "the driver knows no such region any more";
            case PERMISSION -> "the region belongs to another user";
            case BAD_LOCAL_ADDRESS -> "this process's memory is not there, or not for this direction";
            case RESOURCE_LIMIT -> "the kernel is short of memory, or the driver's queue is full";
            default -> "the driver refused";
        };
    }

    static BackendException refused(String call, int errno) {
        CopyStatus status = switch (errno) {
            case Errno.EFAULT -> CopyStatus.BAD_LOCAL_ADDRESS;
            case Errno.EPERM, Errno.EACCES -> CopyStatus.PERMISSION;
            case Errno.ENOMEM, Errno.EBUSY, Errno.EMFILE, Errno.ENFILE -> CopyStatus.RESOURCE_LIMIT;
            default -> CopyStatus.IO_ERROR;
        };
        return new BackendException(status, errno, call + " answered " + Errno.name(errno), List.of());
    }

    static BackendException refused(LinuxException cause) {
        return refused(cause.call(), cause.errno());
    }
}
