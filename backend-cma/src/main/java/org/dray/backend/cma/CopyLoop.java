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
            long doneBytes = 0;
            long result;
            do {
                result = step(
                        context,
                        reads,
                        far,
                        farOffsetBytes + doneBytes,
                        near,
                        nearOffsetBytes + doneBytes,
                        lengthBytes - doneBytes);
                doneBytes += Math.max(result, 0);
            } while (result > 0 && doneBytes < lengthBytes);
            // after the copy, also a failed one: see CmaPeer
            if (!peer.isUnchanged() || doneBytes < lengthBytes) {
                explain(context, reads, far, farOffsetBytes, near, nearOffsetBytes, doneBytes, result);
            }
            return doneBytes;
        } finally {
            Reference.reachabilityFence(near); // its addresses were in use until here
        }
    }

    private long step(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long lengthBytes) {
        int pid = far.peer().pid();
        long farAddress = far.address(farOffsetBytes, lengthBytes);
        long nearAddress = near.address(nearOffsetBytes, lengthBytes);
        if (farAddress != CmaRegion.SCATTERED && nearAddress != CmaRegion.SCATTERED) {
            return reads
                    ? ProcessVm.read(pid, nearAddress, farAddress, lengthBytes)
                    : ProcessVm.write(pid, nearAddress, farAddress, lengthBytes);
        }
        int nearCount = lists.fillNear(context, near, nearOffsetBytes, lengthBytes);
        int farCount = lists.fillFar(context, far, farOffsetBytes, lengthBytes);
        long nearList = lists.nearAddress(context);
        long farList = lists.farAddress(context);
        return reads
                ? ProcessVm.readv(pid, nearList, nearCount, farList, farCount)
                : ProcessVm.writev(pid, nearList, nearCount, farList, farCount);
    }

    /**
     * The peer's fate comes first: what the kernel said about the addresses of another program means nothing. Then a
     * bad address is pinned to a side by reading one byte of the source, which changes nothing; if that works, it was
     * the destination.
     */
    private void explain(
            CopyContext context,
            boolean reads,
            PeerRegion far,
            long farOffsetBytes,
            CmaRegion near,
            long nearOffsetBytes,
            long doneBytes,
            long result) {
        CmaPeer peer = far.peer();
        int errno = (int) -Math.min(result, 0);
        CopyStatus fate = peer.fate();
        if (fate != CopyStatus.OK) {
            context.fail(fate, errno, doneBytes, peer.describeFate());
            return;
        }
        if (errno == Errno.EFAULT) {
            long probe = reads
                    ? readOneByte(context, peer.pid(), far.address(farOffsetBytes + doneBytes, 1))
                    : readOneByte(context, ownPid, near.address(nearOffsetBytes + doneBytes, 1));
            if (probe == 1 || probe == -Errno.EFAULT) {
                boolean sourceIsBad = probe != 1;
                badAddress(context, sourceIsBad == reads, sourceIsBad, doneBytes);
                return;
            }
            errno = (int) -probe;
        }
        String call = reads ? "process_vm_readv" : "process_vm_writev";
        context.fail(Errors.status(errno), errno, doneBytes, call + " answered " + Errors.name(errno));
    }

    private long readOneByte(CopyContext context, int pid, long address) {
        return ProcessVm.read(pid, lists.nearAddress(context), address, 1);
    }

    private static void badAddress(CopyContext context, boolean remote, boolean readable, long doneBytes) {
        context.fail(
                remote ? CopyStatus.BAD_REMOTE_ADDRESS : CopyStatus.BAD_LOCAL_ADDRESS,
                Errno.EFAULT,
                doneBytes,
                (remote ? "the owner's" : "this process's") + " memory behind the bytes done is not "
                        + (readable ? "readable" : "writable"));
    }
}
