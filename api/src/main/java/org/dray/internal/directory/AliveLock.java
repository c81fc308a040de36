package org.dray.internal.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The record lock that proves that a process lives. The system drops it when the process ends, after its memory is gone
 * and before its pid can be used again; a fork does not inherit it. It also drops it when the process closes <i>any</i>
 * descriptor of the file: nobody opens the file of the own process a second time, except a driver that wants to lose
 * the lock at exec.
 */
final class AliveLock implements AutoCloseable {
    enum State {
        HELD,
        FREE,
        MISSING,
        FORBIDDEN
    }

    private static final long OPEN_NANOS = 1_000_000_000;

    private final Path file;
    private final FileChannel channel;

    private AliveLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes the file. It appears under its name only after it is locked, so that nobody ever sees it free. */
    static AliveLock create(Path file) throws IOException {
        Path unnamed = file.resolveSibling(file.getFileName() + Sweeper.UNBORN);
        FileChannel channel = FileChannel.open(
                unnamed, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Base.ownerOnly());
        try {
            if (channel.tryLock() == null) {
                throw new IOException("somebody else locked " + unnamed);
            }
            Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
            return new AliveLock(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(unnamed);
            throw e;
        }
    }

    /** Asks about a file. One of this very process is not opened: closing it again would drop the lock. */
    static State query(Path file) {
        if (ProcessIdentity.isOwnFile(file)) {
            return Files.exists(file) ? State.HELD : State.MISSING;
        }
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return query(channel);
        } catch (NoSuchFileException e) {
            return State.MISSING;
        } catch (IOException e) {
            return State.FORBIDDEN;
        }
    }

    /** One at a time: two locks of one process on a file are an error, whatever they are for. */
    private static synchronized State query(FileChannel channel) throws IOException {
        try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null ? State.HELD : State.FREE;
        } catch (OverlappingFileLockException beingAsked) {
            return State.HELD;
        }
    }

    /**
     * Asks about a file in the directory of another user, who can put there what he likes: a link to a file whose lock
     * would be lost by closing it, or a pipe that nobody ever opens for writing. Whatever is not a file of that user's
     * is FORBIDDEN, and so is one that cannot be opened in time.
     */
    static State queryOf(int uid, Path file) {
        if (ProcessIdentity.isOwnFile(file)) {
            return query(file);
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Files.notExists(file, LinkOption.NOFOLLOW_LINKS) ? State.MISSING : State.FORBIDDEN;
            }
            return Base.ownerOf(file) == uid
                    ? Uninterrupted.within(OPEN_NANOS, () -> query(file)).orElse(State.FORBIDDEN)
                    : State.FORBIDDEN;
        } catch (NoSuchFileException e) {
            return State.MISSING;
        } catch (IOException e) {
            return State.FORBIDDEN;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
