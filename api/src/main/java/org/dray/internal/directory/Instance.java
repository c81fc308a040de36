package org.dray.internal.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.dray.PeerId;

/** The files of this Dray: its identity, its lock, and the names of the rest. */
public final class Instance implements AutoCloseable {
    static final String ALIVE = ".alive";
    static final String REGIONS = ".r";
    static final String CLAIMS = ".c";

    private final Base base;
    private final PeerId self;
    private final AliveLock lock;
    private boolean isOpenToOthers;

    private Instance(Base base, PeerId self, AliveLock lock) {
        this.base = base;
        this.self = self;
        this.lock = lock;
    }

    /**
     * Sweeps what killed processes left, then creates a new instance of this process.
     *
     * @param directory where files go, or empty for the default
     * @return the instance, with its lock held
     * @throws IOException if the directory cannot be used; the message says what to do
     */
    public static Instance create(Optional<Path> directory) throws IOException {
        Base base = new Base(directory);
        PeerId self = ProcessIdentity.create();
        base.prepare(self.uid());
        Sweeper.sweep(base.of(self.uid()));
        return new Instance(base, self, AliveLock.create(path(base, self.uid(), self.instance(), ALIVE)));
    }

    /**
     * This process.
     *
     * @return the identity
     */
    public PeerId self() {
        return self;
    }

    /**
     * A file of this instance.
     *
     * @param ending of its name, with the dot
     * @return its path
     */
    public Path file(String ending) {
        return file(self, ending);
    }

    /**
     * A file of some instance.
     *
     * @param owner the instance
     * @param ending of its name, with the dot
     * @return its path
     */
    public Path file(PeerId owner, String ending) {
        return path(base, owner.uid(), owner.instance(), ending);
    }

    /**
     * The file that carries an instance's lock.
     *
     * @param owner the instance
     * @return its path
     */
    public Path aliveFile(PeerId owner) {
        return file(owner, ALIVE);
    }

    /** A file of an instance known by number and user only. */
    Path file(int uid, long instance, String ending) {
        return path(base, uid, instance, ending);
    }

    /** Whether that is a user of this system, and another one than this process's. */
    boolean isOtherUser(int uid) {
        return self.uid() != Base.NO_USERS && uid != Base.NO_USERS && uid != self.uid();
    }

    /**
     * Opens the files of this instance to other users, if the peer is one: those that there are and those to come. What
     * drivers made stays as it is.
     *
     * @param peer whom to admit
     * @throws IOException if a mode could not be changed
     */
    public synchronized void admit(PeerId peer) throws IOException {
        if (isOtherUser(peer.uid())) {
            isOpenToOthers = true;
            openShared();
            showAlive();
        }
    }

    /** The owner's files were made; opens them too if somebody was admitted before. */
    synchronized void madeShared() throws IOException {
        if (isOpenToOthers) {
            openShared();
        }
    }

    private void openShared() throws IOException {
        setMode(CLAIMS, "rw-rw-rw-");
        setMode(REGIONS, "rw-r--r--");
    }

    /**
     * Lets other users see whether this process lives.
     *
     * @throws IOException if a mode could not be changed
     */
    synchronized void showAlive() throws IOException {
        setMode(ALIVE, "rw-r--r--");
        base.openToOthers(self.uid());
    }

    /** By name and not when it is made, because then the umask takes part. */
    private void setMode(String ending, String mode) throws IOException {
        try {
            Files.setPosixFilePermissions(file(ending), PosixFilePermissions.fromString(mode));
        } catch (NoSuchFileException notMadeYet) {
            // It gets its mode when it is made; or this instance was withdrawn.
        }
    }

    /** What the lock of an instance says, whosever it is. */
    AliveLock.State lockOf(int uid, long instance) {
        Path alive = file(uid, instance, ALIVE);
        if (!isOtherUser(uid)) {
            return AliveLock.query(alive);
        }
        return base.distrust(uid).isPresent() ? AliveLock.State.FORBIDDEN : AliveLock.queryOf(uid, alive);
    }

    /** Why files of another user's instance may be somebody else's; empty for this process's own user. */
    Optional<String> distrust(PeerId owner) {
        return isOtherUser(owner.uid()) ? base.distrust(owner.uid()) : Optional.empty();
    }

    private static Path path(Base base, int uid, long instance, String ending) {
        return base.of(uid).resolve(String.format("%016x%s", instance, ending));
    }

    /**
     * Deletes all files of this instance while it still has its lock: whoever looks for them from now on is told that
     * this Dray was closed, and not that this process ended or runs another program.
     *
     * @throws IOException if a file could not be deleted
     */
    public void withdraw() throws IOException {
        Sweeper.deleteAll(base.of(self.uid()), String.format("%016x", self.instance()));
    }

    /**
     * Deletes what {@link #withdraw} could not delete yet, and drops the lock.
     *
     * @throws IOException if a file could not be deleted
     */
    @Override
    public void close() throws IOException {
        try {
            withdraw();
        } finally {
            lock.close();
        }
    }
}
