package org.dray.cli.demo;

import java.io.IOException;
import java.nio.file.Path;

/** One way of handing the file over. Making one opens nothing. */
interface Way {

    /** What tables and requests call it. */
    String id();

    /** What stands behind it. */
    WayKind kind();

    /**
     * Connects this process to the peer.
     *
     * @param peer has memory for the file
     * @param source the file
     * @param scratch a directory of the demo, which goes when all ways are connected
     * @throws IOException if the peer or the operating system says why not
     * @throws org.dray.CopyException if this process's backend says why not
     */
    OwnerEnd connect(PeerProcess peer, Segments source, Path scratch) throws IOException;
}
