package org.dray.backend.cma;

import java.lang.ref.Reference;
import org.dray.CopyStatus;
import org.dray.linux.Errno;
import org.dray.linux.ProcessVm;
import org.dray.spi.CopyContext;

/**
 * Moves bytes until all are there or the kernel says why not. A count below the request is no error by itself, also
 * with one element: the loop asks again for the rest, and only an answer without any progress ends it. So the bytes
 * done are exact, and nothing behind them was touched.
 */
final class CopyLoop {
    private final int ownPid;
    private final IovecLists lists;

    CopyLoop(int ownPid, IovecLists lists) {
        this.ownPid = ownPid;
        this.lists = lists;
    }

    /** Reads the peer's memory into the own, or writes the other way. */
    long copy(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long lengthBytes) {
        CmaPeer peer = far.peer();
        if (peer.isLost()) {
            return context.fail(peer.fate(), 0, 0, peer.describeFate());
        }
        try {
            long result = step(context, reads, far, farOffsetBytes, near, nearOffsetBytes, lengthBytes);
            return result == lengthBytes
                    ? result
                    : finish(context, reads, far, farOffsetBytes, near, nearOffsetBytes, lengthBytes, result);
        } finally {
            Reference.reachabilityFence(near); // its addresses were in use until here
        }
    }

    /** One call; when it completes the copy, also the proof that the peer is who it was, see {@link CmaPeer}. */
    private long step(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long lengthBytes) {
        long farAddress = far.address(farOffsetBytes, lengthBytes);
        long nearAddress = near.address(nearOffsetBytes, lengthBytes);
        if (farAddress == CmaRegion.SCATTERED || nearAddress == CmaRegion.SCATTERED) {
            return scatter(context, reads, far, farOffsetBytes, near, nearOffsetBytes, lengthBytes);
        }
        CmaPeer peer = far.peer();
        return reads
                ? ProcessVm.readFromHolder(peer.pid(), nearAddress, farAddress, lengthBytes, peer.lockFd())
                : ProcessVm.writeToHolder(peer.pid(), nearAddress, farAddress, lengthBytes, peer.lockFd());
    }

    private long scatter(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long lengthBytes) {
        int pid = far.peer().pid();
        int nearCount = lists.fillNear(context, near, nearOffsetBytes, lengthBytes);
        int farCount = lists.fillFar(context, far, farOffsetBytes, lengthBytes);
        long nearList = lists.nearAddress(context);
        long farList = lists.farAddress(context);
        long result = reads
                ? ProcessVm.readv(pid, nearList, nearCount, farList, farCount)
                : ProcessVm.writev(pid, nearList, nearCount, farList, farCount);
        return result == lengthBytes && !far.peer().isUnchanged() ? ProcessVm.NOT_HELD : result;
    }

    private long finish(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long lengthBytes,
            long firstResult) {
        long doneBytes = 0;
        long result = firstResult;
        while (result > 0) {
            doneBytes += result;
            if (doneBytes == lengthBytes) {
                return doneBytes;
            }
            result = step(
                    context,
                    reads,
                    far,
                    farOffsetBytes + doneBytes,
                    near,
                    nearOffsetBytes + doneBytes,
                    lengthBytes - doneBytes);
        }
        if (result == ProcessVm.NOT_HELD) {
            CmaPeer peer = far.peer();
            return context.fail(peer.lose(), 0, lengthBytes, peer.describeFate());
        }
        return explain(context, reads, far, farOffsetBytes, near, nearOffsetBytes, doneBytes, (int) -result);
    }

    /**
     * The peer's fate comes first: what the kernel said about the addresses of another program means nothing. Then a
     * bad address is pinned to a side by reading one byte of the source, which changes nothing; if that works, it was
     * the destination.
     */
    private long explain(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long doneBytes,
            int errno) {
        CmaPeer peer = far.peer();
        // a dying process loses its memory first, and its lock a little later
        CopyStatus fate = errno == Errno.ESRCH ? peer.lose() : peer.fate();
        if (fate != CopyStatus.OK) {
            return context.fail(fate, errno, doneBytes, peer.describeFate());
        }
        if (errno == Errno.EFAULT) {
            long probe = reads
                    ? readOneByte(context, peer.pid(), far.address(farOffsetBytes + doneBytes, 1))
                    : readOneByte(context, ownPid, near.address(nearOffsetBytes + doneBytes, 1));
            if (probe == 1) {
                return badAddress(context, !reads, "writable", doneBytes);
            }
            if (probe == -Errno.EFAULT) {
                return badAddress(context, reads, "readable", doneBytes);
            }
        }
        String call = reads ? "process_vm_readv" : "process_vm_writev";
        return context.fail(Errors.status(errno), errno, doneBytes, call + " answered " + Errors.name(errno));
    }

    private long readOneByte(CopyContext context, int pid, long address) {
        return ProcessVm.read(pid, lists.nearAddress(context), address, 1);
    }

    private static long badAddress(CopyContext context, boolean remote, String not, long doneBytes) {
        return context.fail(
                remote ? CopyStatus.BAD_REMOTE_ADDRESS : CopyStatus.BAD_LOCAL_ADDRESS,
                Errno.EFAULT,
                doneBytes,
                (remote ? "the owner's" : "this process's") + " memory behind the bytes done is not " + not);
    }
}
