package org.dray.cli.demo;

import java.io.IOException;

/** A way of handing the file over that is connected, seen from the process that has the file. */
interface OwnerEnd extends AutoCloseable {

    /** The route that bytes take, in words. */
    String route();

    @Override
    void close() throws IOException;
}
