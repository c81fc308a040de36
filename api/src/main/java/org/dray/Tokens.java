package org.dray;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of one exported region, one for each engine that can share it.
 *
 * <p>Encoded little-endian: magic {@code 0x53595244} (4), format major (1) and minor (1), number of tokens (2), then
 * each token as {@link RegionToken} says.
 *
 * @param list 1 to {@link #MAX_COUNT} tokens of different backends
 */
public record Tokens(List<RegionToken> list) {
    /** The most tokens in one encoding. */
    public static final int MAX_COUNT = 16;

    private static final int MAGIC = 0x53595244;
    private static final int HEADER_BYTES = 8;

    /** Checks and copies the list. */
    public Tokens {
        list = List.copyOf(list);
        if (list.isEmpty() || list.size() > MAX_COUNT) {
            throw new IllegalArgumentException("1 to " + MAX_COUNT + " tokens, not " + list.size());
        }
        if (list.stream().map(RegionToken::backendId).distinct().count() != list.size()) {
            throw new IllegalArgumentException("two tokens of the same backend: " + list);
        }
    }

    /**
     * Reads encoded tokens.
     *
     * @param bytes what {@link #toBytes} gave, and nothing else
     * @return the tokens
     * @throws CopyException with TOKEN_INVALID if the bytes are not that; the message says what is wrong
     */
    public static Tokens parse(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw WireFormat.invalid("tokens have at least " + HEADER_BYTES + " bytes, given are " + bytes.length);
        }
        ByteBuffer in = WireFormat.littleEndian(bytes);
        if (in.getInt() != MAGIC) {
            throw WireFormat.invalid("the bytes are not tokens: wrong magic");
        }
        WireFormat.requireMajor("the list of tokens", in.get(), in.get());
        int count = Short.toUnsignedInt(in.getShort());
        if (count < 1 || count > MAX_COUNT) {
            throw WireFormat.invalid("1 to " + MAX_COUNT + " tokens, not " + count);
        }
        List<RegionToken> tokens = new ArrayList<>(count);
        int offset = HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int end = offset + RegionToken.encodedLength(bytes, offset);
            tokens.add(RegionToken.parse(Arrays.copyOfRange(bytes, offset, end)));
            offset = end;
        }
        if (offset != bytes.length) {
            throw WireFormat.invalid((bytes.length - offset) + " bytes follow the last token");
        }
        try {
            return new Tokens(tokens);
        } catch (IllegalArgumentException e) {
            throw WireFormat.invalid("impossible contents: " + e.getMessage());
        }
    }

    /**
     * The token for one backend.
     *
     * @param backendId the backend
     * @return its token, or empty if the owner did not register with it
     */
    public Optional<RegionToken> find(String backendId) {
        return list.stream()
                .filter(token -> token.backendId().equals(backendId))
                .findFirst();
    }

    /**
     * Encodes the tokens.
     *
     * @return the bytes to send
     */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = new byte[HEADER_BYTES];
        WireFormat.littleEndian(header)
                .putInt(MAGIC)
                .put((byte) WireFormat.MAJOR)
                .put((byte) WireFormat.MINOR)
                .putShort((short) list.size());
        out.writeBytes(header);
        list.forEach(token -> out.writeBytes(token.toBytes()));
        return out.toByteArray();
    }
}
