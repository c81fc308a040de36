package org.dray.spi;

import java.nio.file.Path;
import org.dray.PeerId;

/** What the core tells a driver about another process. */
public interface PeerLink {

    /**
     * Who it is. The core has checked that boot id and pid namespace are this process's own.
     *
     * @return the identity
     */
    PeerId id();

    /**
     * Tells whether it is this very process.
     *
     * @return true for a region that this process exported itself
     */
    boolean isSelf();

    /**
     * The file on which the owner holds a POSIX record lock for its whole life. As long as the lock is held, the
     * owner's process has not ended. Never open it if {@link #isSelf}: closing any descriptor of it would drop the own
     * lock.
     *
     * @return path of the file
     */
    Path aliveFile();

    /**
     * Asks for the lock, and so whether the owner lives.
     *
     * @return false if it has ended for certain
     */
    boolean isAlive();

    /**
     * A file of the owner's driver, see {@link DriverContext#file}.
     *
     * @param suffix which one
     * @return its path; the file need not exist
     */
    Path file(String suffix);
}
