package org.dray.cli.demo;

import java.io.Closeable;
import java.io.IOException;

/** Waits for the peer on one kind of stream. */
interface StreamListener extends Closeable {

    /** Where the peer connects to. */
    String address();

    /**
     * Takes the peer's connection. Called after the peer has connected, so that it does not wait.
     *
     * @param peerAddress what the peer sees as its own address: nobody else gets the file
     */
    StreamConnection accept(String peerAddress) throws IOException;
}
