package org.dray;

import java.util.List;

/**
 * Memory that was registered with every engine that can share it.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public interface Exported extends AutoCloseable {

    /**
     * The tokens of all engines together: send their bytes to the peer.
     *
     * @return the tokens
     */
    Tokens tokens();

    /**
     * The regions behind the tokens, one for each engine.
     *
     * @return in the order of {@link Dray#engines}
     */
    List<MemoryRegion> regions();

    /**
     * Closes all regions.
     *
     * @throws CopyException with BUSY as in {@link MemoryRegion#close}; the other regions are closed all the same
     */
    @Override
    void close();
}
