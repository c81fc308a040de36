package org.dray.backend.cma;

import java.nio.ByteBuffer;
import org.dray.linux.Memory;
import org.dray.spi.LocalMemory;

/** Some pages of native memory that can be made inaccessible one by one. */
final class Pages implements AutoCloseable {
    static final int PAGE_BYTES = Memory.pageSizeBytes();

    private final int count;
    private final long address;

    Pages(int count) {
        this.count = count;
        this.address = Memory.mmapAnonymous(lengthBytes());
    }

    static Pages filled(int count, byte value) {
        Pages pages = new Pages(count);
        Memory.fill(pages.address, pages.lengthBytes(), value);
        return pages;
    }

    /** Bytes that differ from those of their neighbours, also of those a page away. */
    static Pages patterned(int count) {
        Pages pages = new Pages(count);
        ByteBuffer bytes = pages.bytes();
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, pattern(i));
        }
        return pages;
    }

    static byte pattern(long index) {
        return (byte) (index * 31 + index / PAGE_BYTES);
    }

    long address() {
        return address;
    }

    long lengthBytes() {
        return (long) count * PAGE_BYTES;
    }

    ByteBuffer bytes() {
        return Memory.view(address, lengthBytes());
    }

    LocalMemory memory() {
        return LocalMemory.ofAddress(address, lengthBytes(), this);
    }

    void protect(int page, int protection) {
        Memory.mprotect(address + (long) page * PAGE_BYTES, PAGE_BYTES, protection);
    }

    void unprotect() {
        Memory.mprotect(address, lengthBytes(), Memory.PROT_READ | Memory.PROT_WRITE);
    }

    @Override
    public void close() {
        Memory.munmap(address, lengthBytes());
    }
}
