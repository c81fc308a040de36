package org.dray;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What the encodings that cross processes have in common: little-endian, versioned, guarded by a CRC-32C. */
final class WireFormat {
    static final int MAJOR = 1;
    static final int MINOR = 0;

    private WireFormat() {}

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** CRC of the bytes, taking the four bytes of the CRC field itself as zero. */
    static int checksum(byte[] bytes, int offset, int lengthBytes, int crcOffset) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, crcOffset - offset);
        crc.update(new byte[Integer.BYTES], 0, Integer.BYTES);
        int rest = crcOffset + Integer.BYTES;
        crc.update(bytes, rest, offset + lengthBytes - rest);
        return (int) crc.getValue();
    }

    static void requireMajor(String what, byte major, byte minor) {
        if (major != MAJOR) {
            throw invalid(what + " has format version " + Byte.toUnsignedInt(major) + "." + Byte.toUnsignedInt(minor)
                    + ", this Dray reads " + MAJOR + ".x");
        }
    }

    static CopyException invalid(String message) {
        return new CopyException(CopyStatus.TOKEN_INVALID, "dray", message);
    }
}
