package org.dray.cli.demo;

import java.io.IOException;

/** One way of handing the file over, seen from the process that wants it. */
interface PeerEnd extends AutoCloseable {

    /** Brings the whole file into the memory that it was opened with; this is what the demo times. */
    void receive() throws IOException;

    @Override
    void close() throws IOException;
}
