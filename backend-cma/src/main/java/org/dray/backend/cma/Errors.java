package org.dray.backend.cma;

import java.util.List;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.spi.BackendException;

/** What the kernel's error numbers mean for a copy. */
final class Errors {
    private Errors() {}

    /** The status for an errno by itself; EINVAL and strangers are IO_ERROR. */
    static CopyStatus status(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES, Errno.ENOSYS -> CopyStatus.PERMISSION;
            case Errno.ESRCH, Errno.ENOENT -> CopyStatus.PEER_GONE;
            case Errno.ENOMEM, Errno.EMFILE, Errno.ENFILE -> CopyStatus.RESOURCE_LIMIT;
            case Errno.EFAULT -> CopyStatus.BAD_ADDRESS;
            default -> CopyStatus.IO_ERROR;
        };
    }

    /** The errno's name; 0 stands for a call that moved nothing and gave no reason. */
    static String name(int errno) {
        return errno == 0 ? "that it moved nothing" : Errno.name(errno);
    }

    static BackendException refused(LinuxException cause) {
        return refused(cause, List.of());
    }

    static BackendException refused(LinuxException cause, List<Finding> findings) {
        String message = cause.call() + " answered " + cause.errnoName();
        return new BackendException(status(cause.errno()), cause.errno(), message, findings);
    }
}
