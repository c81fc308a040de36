package org.dray.tck;

import org.dray.MemoryRegion;

/** Memory of this process. */
record LocalPlace(MemoryRegion region, Block block) implements Place {

    @Override
    public void put(long offset, byte[] bytes) {
        block.put(offset, bytes);
    }

    @Override
    public byte[] get(long offset, int lengthBytes) {
        return block.get(offset, lengthBytes);
    }
}
