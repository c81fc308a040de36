package org.dray;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer needs to reach a region through one engine. It names a region; it does not grant anything: what the owner
 * has published decides, so a forged or widened token gets nothing that the kernel does not already give that process.
 *
 * <p>Encoded little-endian in {@link #BYTES} bytes: magic {@code 0x54595244} (4), format major (1) and minor (1),
 * length of the whole token (2), owner as in {@link PeerId} (64), slot (4), generation (4), region length (8), access
 * (1: {@link Access#code}), flags (1: bit 0 single-use), zero (2), CRC-32C (4), backend id in ASCII, padded with zeros
 * (16). A later minor version may be longer, up to {@link #MAX_BYTES}.
 *
 * @param owner the process that registered the region
 * @param slot where the owner has published it
 * @param generation which use of that slot; never 0
 * @param lengthBytes length of the region
 * @param access what the owner allows
 * @param singleUse true if only one copy may start
 * @param backendId the backend that the region was registered with: 1 to 16 characters {@code a-z 0-9 -}
 */
public record RegionToken(
        PeerId owner, int slot, int generation, long lengthBytes, Access access, boolean singleUse, String backendId) {
    /** Length of the encoding in this version. */
    public static final int BYTES = 112;

    /** No token of any version is longer. */
    public static final int MAX_BYTES = 128;

    private static final int MAGIC = 0x54595244;
    private static final int LENGTH_OFFSET = 6;
    private static final int CRC_OFFSET = 92;
    private static final int BACKEND_OFFSET = 96;
    private static final int BACKEND_BYTES = 16;

    /** Checks the components. */
    public RegionToken {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(access, "access");
        if (slot < 0 || generation == 0 || lengthBytes < 1) {
            throw new IllegalArgumentException("a token needs slot >= 0, generation != 0 and lengthBytes >= 1, not "
                    + slot + ", " + generation + " and " + lengthBytes);
        }
        if (!isBackendId(backendId)) {
            throw new IllegalArgumentException(
                    "'" + backendId + "' is not a backend id: 1 to 16 characters of a-z, 0-9 and -");
        }
    }

    /**
     * Tells whether a text can be a backend's id.
     *
     * @param text the text
     * @return true for 1 to 16 characters {@code a-z 0-9 -}
     */
    public static boolean isBackendId(String text) {
        return !text.isEmpty()
                && text.length() <= BACKEND_BYTES
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /**
     * Reads an encoded token.
     *
     * @param bytes the token and nothing else
     * @return the token; that the region still exists is found out by attaching it
     * @throws CopyException with TOKEN_INVALID if the bytes are not a token; the message says what is wrong
     */
    public static RegionToken parse(byte[] bytes) {
        int lengthBytes = encodedLength(bytes, 0);
        if (lengthBytes != bytes.length) {
            throw WireFormat.invalid("the token says that it has " + lengthBytes + " bytes, given are " + bytes.length);
        }
        ByteBuffer in = WireFormat.littleEndian(bytes);
        if (in.getInt(CRC_OFFSET) != WireFormat.checksum(bytes, 0, bytes.length, CRC_OFFSET)) {
            throw WireFormat.invalid("the token is damaged: wrong checksum");
        }
        PeerId owner = PeerId.decode(bytes, 8);
        in.position(8 + PeerId.BYTES);
        int slot = in.getInt();
        int generation = in.getInt();
        long regionBytes = in.getLong();
        int accessCode = in.get();
        int flags = in.get();
        Optional<Access> access = Access.ofCode(accessCode);
        if (access.isEmpty() || (flags & ~1) != 0 || in.getShort() != 0) {
            throw WireFormat.invalid(
                    "the token has access " + accessCode + " and flags " + flags + ", which nobody defined");
        }
        try {
            return new RegionToken(owner, slot, generation, regionBytes, access.get(), flags == 1, backendId(bytes));
        } catch (IllegalArgumentException e) {
            throw WireFormat.invalid("impossible contents: " + e.getMessage());
        }
    }

    /** Length that a token at {@code offset} says it has, after checking that magic, version and length are sound. */
    static int encodedLength(byte[] bytes, int offset) {
        int available = bytes.length - offset;
        if (available < BYTES) {
            throw WireFormat.invalid("a token has at least " + BYTES + " bytes, given are " + available);
        }
        ByteBuffer in = WireFormat.littleEndian(bytes);
        if (in.getInt(offset) != MAGIC) {
            throw WireFormat.invalid("the bytes are not a token: wrong magic");
        }
        WireFormat.requireMajor("the token", in.get(offset + 4), in.get(offset + 5));
        int lengthBytes = Short.toUnsignedInt(in.getShort(offset + LENGTH_OFFSET));
        if (lengthBytes < BYTES || lengthBytes > MAX_BYTES || lengthBytes > available) {
            throw WireFormat.invalid("the token says that it has " + lengthBytes + " bytes; allowed are " + BYTES
                    + " to " + MAX_BYTES + ", given are " + available);
        }
        return lengthBytes;
    }

    private static String backendId(byte[] bytes) {
        int end = BACKEND_OFFSET;
        while (end < BACKEND_OFFSET + BACKEND_BYTES && bytes[end] != 0) {
            end++;
        }
        for (int i = end; i < BACKEND_OFFSET + BACKEND_BYTES; i++) {
            if (bytes[i] != 0) {
                throw WireFormat.invalid("the token's backend id is not padded with zeros");
            }
        }
        return new String(bytes, BACKEND_OFFSET, end - BACKEND_OFFSET, StandardCharsets.US_ASCII);
    }

    /**
     * Encodes this token.
     *
     * @return {@link #BYTES} bytes
     */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer out = WireFormat.littleEndian(bytes);
        out.putInt(MAGIC)
                .put((byte) WireFormat.MAJOR)
                .put((byte) WireFormat.MINOR)
                .putShort((short) BYTES);
        out.put(owner.toBytes()).putInt(slot).putInt(generation).putLong(lengthBytes);
        out.put((byte) access.code())
                .put((byte) (singleUse ? 1 : 0))
                .putShort((short) 0)
                .putInt(0);
        out.put(Arrays.copyOf(backendId.getBytes(StandardCharsets.US_ASCII), BACKEND_BYTES));
        out.putInt(CRC_OFFSET, WireFormat.checksum(bytes, 0, BYTES, CRC_OFFSET));
        return bytes;
    }

    /** For example {@code cma region of 4096 bytes, READ, of pid 4711 (uid 1000, instance 1267a0000beef)}. */
    @Override
    public String toString() {
        return backendId + " region of " + lengthBytes + " bytes, " + access + (singleUse ? ", single use" : "")
                + ", of " + owner;
    }
}
