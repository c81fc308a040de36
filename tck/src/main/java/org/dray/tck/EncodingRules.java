package org.dray.tck;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.PeerId;
import org.dray.RegionToken;
import org.dray.Tokens;

/** Rules about what crosses between processes as bytes. */
abstract class EncodingRules extends RuleGroup {
    private static final int MAJOR_OFFSET = 4;
    private static final RegionToken TOKEN = new RegionToken(
            new PeerId(
                    0x0123456789abcdefL,
                    0xfedcba9876543210L,
                    4711,
                    1000,
                    123456789L,
                    4026531836L,
                    4026531837L,
                    0x126700c0ffeeL),
            7,
            3,
            0x123456789L,
            Access.READ_WRITE,
            true,
            "golden-1");
    private static final String GOLDEN =
            "44525954010070004450010070b74858efcdab89674523011032547698badcfe67120000e8030000"
                    + "15cd5b0700000000fcffffef00000000fdffffef00000000eeffc000671200000700000003000000"
                    + "896745230100000003010000e277ef14676f6c64656e2d310000000000000000";

    @Verifies(Rule.TOK_01)
    final void tok01_tokenIsEncodedAsTheGoldenVectorSays() {
        byte[] bytes = kit().subject().encode(TOKEN);
        Expect.same(GOLDEN, HexFormat.of().formatHex(bytes), "the encoding of " + TOKEN);
        Expect.that(bytes.length <= 128, "a token has " + bytes.length + " bytes");
        Expect.same(TOKEN, kit().subject().parseToken(bytes), "the token that was encoded and decoded");
    }

    @Verifies(Rule.TOK_02)
    final void tok02_bytesThatAreNoTokenAreInvalid() {
        byte[] sound = TOKEN.toBytes();
        for (int length = 0; length < sound.length; length++) {
            requireInvalid(Arrays.copyOf(sound, length), this::parseToken, "a token cut to " + length + " bytes");
        }
        for (int length = sound.length + 1; length < 200; length++) {
            requireInvalid(Arrays.copyOf(sound, length), this::parseToken, "a token extended to " + length + " bytes");
        }
        SplittableRandom random = scene().seeded().random();
        for (int i = 0; i < effort().rounds(100_000, 2000); i++) {
            byte[] bytes = new byte[random.nextInt(160)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                // Half of them get past the check of magic, version and length.
                System.arraycopy(sound, 0, bytes, 0, Math.min(8, bytes.length));
            }
            requireInvalid(bytes, this::parseToken, "random bytes " + i);
        }
    }

    @Verifies(Rule.TOK_03)
    final void tok03_everyFlippedBitMakesATokenInvalid() {
        byte[] sound = TOKEN.toBytes();
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            requireInvalid(flipped, this::parseToken, "a token with bit " + bit + " flipped");
        }
    }

    @Verifies(Rule.TOK_04)
    final void tok04_unknownMajorVersionIsInvalidWithBothNumbers() {
        byte[] next = TOKEN.toBytes();
        next[MAJOR_OFFSET] = 9;
        Expect.mentions(requireInvalid(next, this::parseToken, "a token of version 9.0"), "9.0", "1.");
        byte[] list = new Tokens(List.of(TOKEN)).toBytes();
        list[MAJOR_OFFSET] = 9;
        Expect.mentions(requireInvalid(list, this::parseTokens, "tokens of version 9.0"), "9.0", "1.");
    }

    @Verifies(Rule.TOK_19)
    final void tok19_peerIdIsStableAndSurvivesEncoding() {
        PeerId self = dray().self();
        Expect.same(self, dray().self(), "the second self()");
        byte[] bytes = self.toBytes();
        Expect.that(bytes.length <= 64, "a peer id has " + bytes.length + " bytes");
        Expect.same(self, PeerId.parse(bytes), "the peer id that was encoded and decoded");
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            requireInvalid(damaged, PeerId::parse, "a peer id with byte " + i + " changed");
        }
        dray().admit(self);
    }

    @Verifies(Rule.TOK_20)
    final void tok20_listOfTokensSurvivesEncoding() {
        Tokens tokens = new Tokens(Stream.of("golden-1", "golden-2", "golden-3")
                .map(EncodingRules::tokenOf)
                .toList());
        byte[] sound = tokens.toBytes();
        Expect.same(tokens, kit().subject().parseTokens(sound), "the tokens that were encoded and decoded");
        SplittableRandom random = scene().seeded().random();
        UnaryOperator<byte[]> flip = bytes -> {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return bytes;
        };
        UnaryOperator<byte[]> cut = bytes -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
        UnaryOperator<byte[]> extend = bytes -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(150));
        UnaryOperator<byte[]> scramble = bytes -> {
            random.nextBytes(bytes);
            return bytes;
        };
        for (int i = 0; i < effort().rounds(20_000, 500); i++) {
            for (UnaryOperator<byte[]> damage : List.of(flip, cut, extend, scramble)) {
                requireInvalidOrSame(tokens, damage.apply(sound.clone()));
            }
        }
    }

    /** The minor version may be any. */
    private void requireInvalidOrSame(Tokens tokens, byte[] damaged) {
        try {
            Expect.same(tokens, parseTokens(damaged), "what " + HexFormat.of().formatHex(damaged) + " was read as");
        } catch (CopyException e) {
            Expect.same(CopyStatus.TOKEN_INVALID, e.status(), "the status of " + e);
        }
    }

    private static RegionToken tokenOf(String backendId) {
        return new RegionToken(TOKEN.owner(), 1, 2, 3, Access.READ, false, backendId);
    }

    private RegionToken parseToken(byte[] bytes) {
        return kit().subject().parseToken(bytes);
    }

    private Tokens parseTokens(byte[] bytes) {
        return kit().subject().parseTokens(bytes);
    }

    private static String requireInvalid(byte[] bytes, Function<byte[], ?> parser, String what) {
        RuntimeException e = Expect.fails(
                CopyStatus.TOKEN_INVALID,
                what + " " + HexFormat.of().formatHex(bytes),
                () -> Expect.that(parser.apply(bytes) != null, "nothing was read"));
        String message = ((CopyException) e).getMessage();
        Expect.that(
                message != null
                        && message.length() > CopyStatus.TOKEN_INVALID.name().length() + 10,
                "no reason: " + e);
        return String.valueOf(message);
    }
}
