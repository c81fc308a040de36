package org.dray.spi;

import java.nio.file.Path;
import org.dray.PeerId;

/** What the core offers to a driver. */
public interface DriverContext {

    /**
     * This process, as peers see it.
     *
     * @return the identity
     */
    PeerId self();

    /**
     * The file on which this process holds a record lock. A driver that can, opens it once more, close-on-exec, and
     * keeps it open: the system drops the lock when any descriptor closes, hence also when the process replaces its
     * program.
     *
     * @return path of the file
     */
    Path aliveFile();

    /**
     * A file of this instance, for what the driver shares with its peers; they find it by {@link PeerLink#file}. The
     * directory exists and cannot be listed by other users, but passed once one of them was admitted: what may be seen
     * is for the file's own mode to say, and the core never changes it. The core deletes the file when Dray is closed,
     * or the next Dray does after a crash.
     *
     * @param suffix short name, {@code a-z 0-9}, unique among all backends: begin it with the backend's id
     * @return its path; the file does not exist yet
     */
    Path file(String suffix);
}
