package org.dray.tck;

import org.dray.MemoryRegion;

/** Memory of another process, read and written there by plain loads and stores. */
record FarPlace(MemoryRegion region, Peer peer, String name) implements Place {

    @Override
    public void put(long offset, byte[] bytes) {
        peer.put(name, offset, bytes);
    }

    @Override
    public byte[] get(long offset, int lengthBytes) {
        return peer.get(name, offset, lengthBytes);
    }

    @Override
    public void fill(long seed, long offset, long lengthBytes) {
        peer.fill(name, seed, offset, lengthBytes);
    }

    @Override
    public String difference(long seed, long patternOffset, long offset, long lengthBytes) {
        return peer.difference(name, seed, patternOffset, offset, lengthBytes);
    }
}
