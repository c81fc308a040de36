package org.dray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.dray.Damage.assertInvalid;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final int MINOR = 5;
    private static final Tokens TOKENS = new Tokens(List.of(RegionTokenTest.TOKEN, RegionTokenTest.EXTREME));

    @Test
    void encodingIsTheDocumentedOne() {
        assertThat(Vectors.text(TOKENS.toBytes())).isEqualTo(Vectors.text(Vectors.read("tokens.hex")));
        assertThat(Tokens.parse(Vectors.read("tokens.hex"))).isEqualTo(TOKENS);
    }

    @Test
    void everyFlippedBitIsFoundOrChangesNothing() {
        Damage.flips(TOKENS.toBytes()).forEach(bytes -> {
            if (bytes[MINOR] == 0) {
                assertInvalid(() -> Tokens.parse(bytes));
            } else {
                assertThat(Tokens.parse(bytes)).as("a later minor version").isEqualTo(TOKENS);
            }
        });
    }

    @Test
    void everyOtherLengthIsFound() {
        Damage.truncations(TOKENS.toBytes()).forEach(bytes -> assertInvalid(() -> Tokens.parse(bytes)));
        assertInvalid(() -> Tokens.parse(Damage.extended(TOKENS.toBytes())))
                .hasMessageContaining("1 bytes follow the last token");
    }

    @Test
    void randomBytesAreInvalidAndNothingElse() {
        byte[] sound = TOKENS.toBytes();
        Damage.random(sound.length, sound, bytes -> {
            if (bytes.length > MINOR) {
                bytes[MINOR] = 0;
            }
            if (!java.util.Arrays.equals(bytes, sound)) {
                assertInvalid(() -> Tokens.parse(bytes));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void otherMajorVersionIsRefusedWithBothNumbers(int major) {
        byte[] bytes = TOKENS.toBytes();
        bytes[4] = (byte) major;
        assertInvalid(() -> Tokens.parse(bytes))
                .hasMessageContaining("the list of tokens has format version " + major + ".0, this Dray reads 1.x");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 17, 65535})
    void countThatIsNotTrueIsFound(int count) {
        byte[] bytes = TOKENS.toBytes();
        bytes[6] = (byte) count;
        bytes[7] = (byte) (count >> 8);
        assertInvalid(() -> Tokens.parse(bytes));
    }

    @Test
    void twoTokensOfOneBackendAreRefused() {
        byte[] bytes = TOKENS.toBytes();
        System.arraycopy(bytes, 8, bytes, 8 + RegionToken.BYTES, RegionToken.BYTES);
        assertInvalid(() -> Tokens.parse(bytes)).hasMessageContaining("two tokens of the same backend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tokens(List.of(RegionTokenTest.TOKEN, RegionTokenTest.TOKEN)));
    }

    @Test
    void oneToSixteenTokensMakeAList() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tokens(List.of()));
        assertThat(Tokens.parse(new Tokens(several(16)).toBytes()).list()).isEqualTo(several(16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tokens(several(17)))
                .withMessage("1 to 16 tokens, not 17");
    }

    private static List<RegionToken> several(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RegionToken(PeerIdTest.ID, i, 1, 1, Access.WRITE, false, "backend-" + i))
                .toList();
    }

    @Test
    void tokenOfABackendIsFound() {
        assertThat(TOKENS.find("cma")).contains(RegionTokenTest.TOKEN);
        assertThat(TOKENS.find("knem")).isEmpty();
        assertThat(TOKENS.list()).hasSize(2);
    }
}
