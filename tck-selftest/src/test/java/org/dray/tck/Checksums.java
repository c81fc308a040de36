package org.dray.tck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Makes damaged tokens look sound, as a reader without a checksum sees them. */
final class Checksums {
    private Checksums() {}

    /** Writes the CRC-32C of all bytes, its own place taken as zero. */
    static void repair(byte[] bytes, int crcOffset) {
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(crcOffset, 0);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        buffer.putInt(crcOffset, (int) crc.getValue());
    }
}
