package org.dray;

import java.nio.ByteBuffer;

/**
 * What a process tells another about itself. A pid is not an identity; this is.
 *
 * <p>Encoded little-endian in {@link #BYTES} bytes: magic {@code 0x5044} (2), format major (1) and minor (1), CRC-32C
 * (4), boot id (16), pid (4), uid (4), start time (8), pid namespace (8), user namespace (8), instance (8).
 *
 * @param bootIdHigh upper half of the machine's boot id; from proc(5), {@code random/boot_id}
 * @param bootIdLow lower half
 * @param pid process id in its own pid namespace
 * @param uid user id, or -1 where the system has none
 * @param startTime when the process started, in the system's own unit; from proc(5), {@code stat} field 22
 * @param pidNamespace inode of the pid namespace, or 0 where the system has none
 * @param userNamespace inode of the user namespace, or 0 where the system has none
 * @param instance which Dray of the process; unique among the processes that share a directory
 */
public record PeerId(
        long bootIdHigh,
        long bootIdLow,
        int pid,
        int uid,
        long startTime,
        long pidNamespace,
        long userNamespace,
        long instance) {
    /** Length of the encoding. */
    public static final int BYTES = 64;

    private static final short MAGIC = 0x5044;
    private static final int CRC_OFFSET = 4;

    /**
     * Reads an encoded identity.
     *
     * @param bytes exactly {@link #BYTES} bytes
     * @return the identity
     * @throws CopyException with TOKEN_INVALID if the bytes are not an identity; the message says what is wrong
     */
    public static PeerId parse(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw WireFormat.invalid("a peer id has " + BYTES + " bytes, not " + bytes.length);
        }
        return decode(bytes, 0);
    }

    static PeerId decode(byte[] bytes, int offset) {
        ByteBuffer in = WireFormat.littleEndian(bytes);
        in.position(offset);
        if (in.getShort() != MAGIC) {
            throw WireFormat.invalid("the bytes are not a peer id: wrong magic");
        }
        WireFormat.requireMajor("the peer id", in.get(), in.get());
        if (in.getInt() != WireFormat.checksum(bytes, offset, BYTES, offset + CRC_OFFSET)) {
            throw WireFormat.invalid("the peer id is damaged: wrong checksum");
        }
        return new PeerId(
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong());
    }

    /**
     * Encodes this identity.
     *
     * @return {@link #BYTES} bytes
     */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer out = WireFormat.littleEndian(bytes);
        out.putShort(MAGIC)
                .put((byte) WireFormat.MAJOR)
                .put((byte) WireFormat.MINOR)
                .putInt(0);
        out.putLong(bootIdHigh).putLong(bootIdLow).putInt(pid).putInt(uid);
        out.putLong(startTime).putLong(pidNamespace).putLong(userNamespace).putLong(instance);
        out.putInt(CRC_OFFSET, WireFormat.checksum(bytes, 0, BYTES, CRC_OFFSET));
        return bytes;
    }

    /** For example {@code pid 4711 (uid 1000, instance 1267a0000beef)}. */
    @Override
    public String toString() {
        return "pid " + pid + " (uid " + uid + ", instance " + Long.toHexString(instance) + ")";
    }
}
