package org.dray.internal.directory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.PeerId;

/** Finds out what became of the process that a token names. */
public final class OwnerProbe {
    private OwnerProbe() {}

    /**
     * Compares the token's machine with this one.
     *
     * @param self this process
     * @param owner what the token says
     * @throws CopyException with TOKEN_FOREIGN naming the field that differs
     */
    public static void requireSameHost(PeerId self, PeerId owner) {
        if (self.bootIdHigh() != owner.bootIdHigh() || self.bootIdLow() != owner.bootIdLow()) {
            throw foreign("boot id", "another machine, or this one before it was restarted");
        }
        if (self.pidNamespace() != owner.pidNamespace()) {
            throw foreign(
                    "pid namespace",
                    owner.pidNamespace() + " instead of " + self.pidNamespace() + ": another container");
        }
    }

    /**
     * Explains why an owner's files cannot be used.
     *
     * @param instance this process
     * @param owner what the token says
     * @param engineId the engine that was asked
     * @param cause what went wrong
     * @return the exception to throw
     */
    public static CopyException explain(Instance instance, PeerId owner, String engineId, Exception cause) {
        AliveLock.State state = lockOf(instance, owner);
        long startTime = ProcessIdentity.startTime(owner.pid()); // afterwards: the lock goes after the memory
        CopyException exception;
        if (startTime == -1) {
            exception = new CopyException(CopyStatus.PEER_GONE, engineId, owner + " has ended");
        } else if (startTime != owner.startTime()) {
            exception = new CopyException(
                    CopyStatus.PEER_REPLACED,
                    engineId,
                    "pid " + owner.pid() + " is another process than the token's " + owner);
        } else if (state == AliveLock.State.FREE) {
            exception = new CopyException(
                    CopyStatus.PEER_REPLACED,
                    engineId,
                    owner + " lives, but has replaced its program or lost its lock");
        } else if (state == AliveLock.State.FORBIDDEN || cause instanceof AccessDeniedException) {
            exception = new CopyException(
                    CopyStatus.PERMISSION,
                    engineId,
                    Optional.empty(),
                    0,
                    -1,
                    "the directory of " + owner + " cannot be opened",
                    List.of(refusal(instance, owner, cause)));
        } else if (state == AliveLock.State.MISSING) {
            exception = new CopyException(
                    CopyStatus.TOKEN_STALE,
                    engineId,
                    owner + " lives, but has no file " + instance.file(owner, Instance.ALIVE)
                            + ": it closed its Dray, or it uses another -Ddray.directory");
        } else if (cause instanceof NoSuchFileException || isClosed(instance, owner)) {
            exception = new CopyException(
                    CopyStatus.TOKEN_STALE, engineId, owner + " lives, but publishes nothing: " + cause.getMessage());
        } else {
            exception = new CopyException(
                    CopyStatus.IO_ERROR, engineId, "the directory of " + owner + " cannot be used: " + cause);
        }
        exception.initCause(cause);
        return exception;
    }

    private static Finding refusal(Instance instance, PeerId owner, Exception cause) {
        Optional<String> distrust = instance.distrust(owner);
        if (distrust.isPresent()) {
            return new Finding(
                    "dray.directory",
                    distrust.get(),
                    "a directory of the owner's user that nobody else can write to",
                    "let that user or root remove it; a configured -Ddray.directory needs %u, for the uid, in its name"
                            + " where users differ");
        }
        String observed = "no access to the files of " + owner + " (" + cause + ")";
        return instance.isOtherUser(owner.uid())
                ? new Finding(
                        "dray.admit",
                        observed,
                        "an owner that admits peers of other users",
                        "the owner calls dray.admit(peer) with this process's dray.self(), which is " + instance.self())
                : new Finding(
                        "dray.directory",
                        observed,
                        "a directory that both processes can enter",
                        "give both processes the same -Ddray.directory");
    }

    /**
     * Refuses an owner that has ended, whose directory may be somebody else's, or that only looks like this process
     * because it had the same pid.
     *
     * @param instance this process
     * @param owner the owner
     * @throws IOException if it does not live; see {@link #explain}
     */
    public static void requireAlive(Instance instance, PeerId owner) throws IOException {
        Optional<String> distrust = instance.distrust(owner);
        if (distrust.isPresent()) {
            throw new IOException(distrust.get());
        }
        PeerId self = instance.self();
        if (owner.pid() == self.pid() ? owner.startTime() != self.startTime() : !isAlive(instance, owner)) {
            throw new IOException("its lock is not held");
        }
    }

    /**
     * Tells whether an owner lives and has not closed its Dray.
     *
     * @param instance this process
     * @param owner the owner
     * @return false if it has ended for certain, has replaced its program, or has closed its Dray
     */
    public static boolean isAlive(Instance instance, PeerId owner) {
        AliveLock.State state = lockOf(instance, owner);
        return state != AliveLock.State.FREE && state != AliveLock.State.MISSING;
    }

    /**
     * Tells whether an owner that had published something has closed its Dray, or is just closing it.
     *
     * @param instance this process
     * @param owner the owner
     * @return true if its files are gone
     */
    public static boolean isClosed(Instance instance, PeerId owner) {
        return lockOf(instance, owner) == AliveLock.State.MISSING
                || Files.notExists(instance.file(owner, Instance.REGIONS));
    }

    private static AliveLock.State lockOf(Instance instance, PeerId owner) {
        return instance.lockOf(owner.uid(), owner.instance());
    }

    private static CopyException foreign(String field, String what) {
        return new CopyException(
                CopyStatus.TOKEN_FOREIGN, "dray", "the token's " + field + " differs: it comes from " + what);
    }
}
