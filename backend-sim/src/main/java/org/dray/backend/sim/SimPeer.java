package org.dray.backend.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.DriverPeer;
import org.dray.spi.PeerLink;
import org.dray.spi.PublishedRegion;

/** A peer's side of {@link Mailboxes}: asks the owner's device, and finds out why it does not answer. */
final class SimPeer implements DriverPeer {
    private static final long LIFE_CHECK_NANOS = 50_000_000;
    private static final long SELF = ProcessHandle.current().pid() << Integer.SIZE;
    private static final AtomicInteger CLAIMS = new AtomicInteger();

    private final PeerLink link;
    private final Path file;
    private final Mailboxes mailboxes;
    private final long answerBoundNanos;

    private SimPeer(PeerLink link, Path file, Mailboxes mailboxes, long answerBoundNanos) {
        this.link = link;
        this.file = file;
        this.mailboxes = mailboxes;
        this.answerBoundNanos = answerBoundNanos;
    }

    /** An owner that does not answer for so long is given up, see {@link CopyStatus#TIMEOUT}. */
    static SimPeer connect(PeerLink link, long answerBoundNanos) throws BackendException {
        Path file = link.file(SimDriver.MAILBOXES);
        try {
            return new SimPeer(link, file, Mailboxes.open(file), answerBoundNanos);
        } catch (IOException e) {
            throw new BackendException(
                    link.isAlive() ? CopyStatus.IO_ERROR : CopyStatus.PEER_GONE,
                    0,
                    "the owner's mailboxes cannot be opened: " + e,
                    List.of());
        }
    }

    @Override
    public PeerRegion attach(PublishedRegion published) {
        return new PeerRegion(this, published);
    }

    /** Has the owner's device move one window. Returns the number of bytes that moved. */
    int transfer(
            CopyContext context,
            PublishedRegion region,
            boolean write,
            long offsetBytes,
            ByteBuffer window,
            int lengthBytes) {
        long start = System.nanoTime();
        int box = claim(context, start);
        if (box < 0) {
            return 0;
        }
        if (write) {
            mailboxes.window(box).put(0, window, 0, lengthBytes);
        }
        mailboxes.post(box, region.slot(), region.generation(), offsetBytes, lengthBytes, write);
        CopyStatus status = awaitAnswer(box, start);
        if (status != CopyStatus.OK) {
            return (int) context.fail(status, 0, 0, "the owner's device did not answer");
        }
        long result = mailboxes.result(box);
        if (!write && result > 0) {
            window.put(0, mailboxes.window(box), 0, (int) Math.min(result, lengthBytes));
        }
        mailboxes.free(box);
        return result == lengthBytes ? lengthBytes : failed(context, result, lengthBytes);
    }

    private int claim(CopyContext context, long start) {
        long claim = SELF | Integer.toUnsignedLong(CLAIMS.incrementAndGet());
        for (long checked = start; ; ) {
            for (int i = 0; i < Mailboxes.COUNT; i++) {
                int box = (context.index() + i) % Mailboxes.COUNT;
                if (mailboxes.claim(box, claim)) {
                    return box;
                }
            }
            long now = System.nanoTime();
            if (now - checked > LIFE_CHECK_NANOS) {
                checked = now;
                CopyStatus status = reasonToStop(now - start);
                if (status != CopyStatus.OK) {
                    context.fail(status, 0, 0, "all " + Mailboxes.COUNT + " mailboxes of the owner are in use");
                    return -1;
                }
            }
            Backoff.idle(now - start);
        }
    }

    /** Waits for the answer, or answers why there will be none; then the mailbox is not the caller's any more. */
    private CopyStatus awaitAnswer(int box, long start) {
        long checked = start;
        while (!mailboxes.isAnswered(box)) {
            long now = System.nanoTime();
            if (now - checked > LIFE_CHECK_NANOS) {
                checked = now;
                CopyStatus status = reasonToStop(now - start);
                if (status != CopyStatus.OK && giveUp(box)) {
                    return status;
                }
            }
            Backoff.idle(now - start);
        }
        return CopyStatus.OK;
    }

    private CopyStatus reasonToStop(long waitedNanos) {
        if (mailboxes.isClosed()) {
            return CopyStatus.TOKEN_STALE;
        }
        if (!link.isAlive()) {
            return CopyStatus.PEER_GONE;
        }
        if (OtherProcess.hasUnmapped(link.id().pid(), file)) {
            return CopyStatus.PEER_REPLACED;
        }
        return waitedNanos < answerBoundNanos ? CopyStatus.OK : CopyStatus.TIMEOUT;
    }

    /** False if the answer came after all. Somebody may have written nonsense into the mailbox: then it is lost. */
    private boolean giveUp(int box) {
        if (mailboxes.withdraw(box)) {
            mailboxes.free(box);
            return true;
        }
        return mailboxes.abandon(box) || !mailboxes.isAnswered(box);
    }

    private static int failed(CopyContext context, long result, int lengthBytes) {
        if (result == Mailboxes.STALE) {
            return (int) context.fail(CopyStatus.TOKEN_STALE, 0, 0);
        }
        if (result == Mailboxes.FAILED) {
            return (int) context.fail(CopyStatus.BAD_REMOTE_ADDRESS, 0, 0, "the owner's file was truncated");
        }
        if (result < 0 || result > lengthBytes) {
            return (int) context.fail(CopyStatus.IO_ERROR, 0, 0, "the owner's device refused with " + result);
        }
        return (int) context.fail(CopyStatus.BAD_REMOTE_ADDRESS, 0, result, "the owner's next byte is not accessible");
    }

    /** Which process made a claim. */
    static long pidOf(long claim) {
        return claim >>> Integer.SIZE;
    }
}
