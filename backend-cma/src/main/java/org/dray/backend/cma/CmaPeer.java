package org.dray.backend.cma;

import java.util.List;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.PeerId;
import org.dray.linux.Descriptors;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.linux.Locks;
import org.dray.linux.ProcessState;
import org.dray.linux.ProcessVm;
import org.dray.spi.BackendException;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.PeerLink;
import org.dray.spi.PublishedRegion;

/**
 * Another process, and the proof that it is still the one that exported.
 *
 * <p>A pid alone proves nothing: it is given to another process after death, and exec puts another program behind it.
 * The owner holds a record lock on a file, and the lock goes when the process ends or replaces its program. Neither is
 * ever undone, so the lock found held by the owner <i>after</i> a copy proves the whole copy.
 */
final class CmaPeer implements DriverPeer {
    private static final int SELF = -1;

    private final PeerId self;
    private final PeerId owner;
    private final int pid;
    private final int lockFd;
    private volatile CopyStatus fate = CopyStatus.OK;

    private CmaPeer(PeerId self, PeerId owner, int lockFd) {
        this.self = self;
        this.owner = owner;
        this.pid = owner.pid();
        this.lockFd = lockFd;
    }

    static CmaPeer connect(PeerId self, PeerLink link) throws BackendException {
        CmaPeer peer = new CmaPeer(self, link.id(), link.isSelf() ? SELF : open(self, link));
        try {
            peer.requireReachable();
        } catch (BackendException e) {
            peer.close();
            throw e;
        }
        return peer;
    }

    private static int open(PeerId self, PeerLink link) throws BackendException {
        try {
            return Descriptors.open(link.aliveFile().toString(), Descriptors.O_RDONLY, 0);
        } catch (LinuxException e) {
            List<Finding> findings = new Diagnosis(self, link.id()).findings(Errors.status(e.errno()), e.errno());
            throw Errors.refused(e, findings);
        }
    }

    /**
     * Asks for a byte where no process has any. The kernel checks permission before addresses, so EFAULT is the good
     * answer, and nothing of the peer is touched.
     */
    private void requireReachable() throws BackendException {
        int errno = (int) -ProcessVm.read(pid, 0, 0, 1);
        if ((errno == Errno.ESRCH ? lose() : fate()) != CopyStatus.OK) {
            throw new BackendException(fate, errno, describeFate(), diagnose(fate, errno));
        }
        if (errno != Errno.EFAULT) {
            CopyStatus status = Errors.status(errno);
            String message = "process_vm_readv of " + owner + " answered " + Errors.name(errno);
            throw new BackendException(status, errno, message, diagnose(status, errno));
        }
    }

    int pid() {
        return pid;
    }

    /** Descriptor of the file with the owner's lock; negative if the owner is this very process. */
    int lockFd() {
        return lockFd;
    }

    /** One system call: does the owner still run the program that exported? */
    boolean isUnchanged() {
        return lockFd == SELF || Locks.posixLockHolder(lockFd) == pid;
    }

    /** True once the owner was found gone or replaced: its memory is not touched any more. */
    boolean isLost() {
        return fate != CopyStatus.OK;
    }

    /** OK, PEER_GONE or PEER_REPLACED; final unless OK. */
    CopyStatus fate() {
        return isLost() || isUnchanged() ? fate : lose();
    }

    /** The lock was found free, or the process without memory. */
    CopyStatus lose() {
        fate = ProcessState.of(pid).isAlive() ? CopyStatus.PEER_REPLACED : CopyStatus.PEER_GONE;
        return fate;
    }

    String describeFate() {
        return fate == CopyStatus.PEER_GONE
                ? owner + " has ended"
                : owner + " is not the program any more that exported the region: another one runs under its pid";
    }

    @Override
    public DriverRegion attach(PublishedRegion published) {
        return new PeerRegion(this, published.extents());
    }

    @Override
    public List<Finding> diagnose(CopyStatus status, int errno) {
        return new Diagnosis(self, owner).findings(status, errno);
    }

    @Override
    public void close() {
        if (lockFd != SELF) {
            Descriptors.close(lockFd);
        }
    }
}
