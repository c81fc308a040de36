package org.dray.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A few zeroed native bytes for the arguments of one cold call. */
final class Scratch implements AutoCloseable {
    private static final int ALIGNMENT_BYTES = 16;

    private final long address;
    private final int lengthBytes;

    Scratch(int lengthBytes) {
        this.address = Memory.allocate(lengthBytes, ALIGNMENT_BYTES);
        this.lengthBytes = lengthBytes;
        Memory.fill(address, lengthBytes, (byte) 0);
    }

    /** A C string, in UTF-8 as every file name that Dray makes. */
    static Scratch ofString(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a C string cannot hold the character NUL: " + text.replace('\0', '?'));
        }
        Scratch string = new Scratch(encoded.length + 1);
        string.bytes().put(encoded);
        return string;
    }

    long address() {
        return address;
    }

    ByteBuffer bytes() {
        return Memory.view(address, lengthBytes);
    }

    @Override
    public void close() {
        Memory.free(address);
    }
}
