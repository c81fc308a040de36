package org.dray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.dray.Damage.assertInvalid;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTokenTest {
    static final RegionToken TOKEN = new RegionToken(PeerIdTest.ID, 7, 3, 65536, Access.READ, false, "cma");
    static final RegionToken EXTREME = new RegionToken(
            PeerIdTest.ID, (1 << 18) - 1, -1, Long.MAX_VALUE, Access.READ_WRITE, true, "sixteen-letters0");

    @Test
    void encodingIsTheDocumentedOne() {
        assertThat(Vectors.text(TOKEN.toBytes())).isEqualTo(Vectors.text(Vectors.read("token.hex")));
        assertThat(RegionToken.parse(Vectors.read("token.hex"))).isEqualTo(TOKEN);
        assertThat(Vectors.text(EXTREME.toBytes())).isEqualTo(Vectors.text(Vectors.read("token-extreme.hex")));
        assertThat(RegionToken.parse(Vectors.read("token-extreme.hex"))).isEqualTo(EXTREME);
        assertThat(TOKEN.toBytes()).hasSize(RegionToken.BYTES).hasSizeLessThanOrEqualTo(RegionToken.MAX_BYTES);
    }

    @Test
    void laterMinorVersionMayBeLonger() {
        assertThat(RegionToken.parse(Vectors.read("token-later-minor.hex"))).isEqualTo(TOKEN);
    }

    @Test
    void everyFlippedBitIsFound() {
        Damage.flips(TOKEN.toBytes()).forEach(bytes -> assertInvalid(() -> RegionToken.parse(bytes)));
        Damage.flips(Vectors.read("token-later-minor.hex"))
                .forEach(bytes -> assertInvalid(() -> RegionToken.parse(bytes)));
    }

    @Test
    void everyOtherLengthIsFound() {
        Damage.truncations(TOKEN.toBytes()).forEach(bytes -> assertInvalid(() -> RegionToken.parse(bytes)));
        assertInvalid(() -> RegionToken.parse(Damage.extended(TOKEN.toBytes())))
                .hasMessageContaining("says that it has 112 bytes, given are 113");
    }

    @Test
    void randomBytesAreInvalidAndNothingElse() {
        Damage.random(RegionToken.BYTES, TOKEN.toBytes(), bytes -> assertInvalid(() -> RegionToken.parse(bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void otherMajorVersionIsRefusedWithBothNumbers(int major) {
        byte[] bytes = TOKEN.toBytes();
        bytes[4] = (byte) major;
        assertInvalid(() -> RegionToken.parse(bytes))
                .hasMessage("dray: TOKEN_INVALID: the token has format version " + major + ".0, this Dray reads 1.x");
    }

    @ParameterizedTest(name = "byte {0} = {1}")
    @CsvSource({
        "88, 0",
        "88, 4",
        "88, -1", // access
        "89, 2",
        "89, 3",
        "89, -128", // flags
        "90, 1",
        "91, 1", // must be zero
        "75, -1", // a negative slot
        "96, 0",
        "96, 65",
        "96, 32",
        "97, 0", // backend id: empty, upper case, blank, a hole
        "87, -128" // a negative length
    })
    void soundChecksumDoesNotMakeImpossibleContentsSound(int offset, int value) {
        byte[] bytes = TOKEN.toBytes();
        bytes[offset] = (byte) value;
        assertInvalid(() -> RegionToken.parse(sealed(bytes)));
    }

    @Test
    void generationAndLengthOfZeroAreImpossible() {
        ByteBuffer generation = ByteBuffer.wrap(TOKEN.toBytes()).putInt(76, 0);
        assertInvalid(() -> RegionToken.parse(sealed(generation.array()))).hasMessageContaining("generation != 0");
        ByteBuffer length = ByteBuffer.wrap(TOKEN.toBytes()).putLong(80, 0);
        assertInvalid(() -> RegionToken.parse(sealed(length.array()))).hasMessageContaining("lengthBytes >= 1");
    }

    /** Computes the checksum anew, as whoever forges a token does. */
    private static byte[] sealed(byte[] bytes) {
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(92, 0);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        buffer.putInt(92, (int) crc.getValue());
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CMA", "a_b", "seventeen-letters", "ä"})
    void impossibleBackendIsRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegionToken(PeerIdTest.ID, 0, 1, 1, Access.READ, false, id))
                .withMessageContaining("'" + id + "' is not a backend id");
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegionToken(PeerIdTest.ID, -1, 1, 1, Access.READ, false, "cma"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegionToken(PeerIdTest.ID, 0, 0, 1, Access.READ, false, "cma"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegionToken(PeerIdTest.ID, 0, 1, 0, Access.READ, false, "cma"));
        assertThatNullPointerException()
                .isThrownBy(() -> new RegionToken(null, 0, 1, 1, Access.READ, false, "cma"))
                .withMessage("owner");
        assertThatNullPointerException()
                .isThrownBy(() -> new RegionToken(PeerIdTest.ID, 0, 1, 1, null, false, "cma"))
                .withMessage("access");
    }

    @Test
    void textNamesBackendAndOwner() {
        assertThat(EXTREME)
                .hasToString("sixteen-letters0 region of 9223372036854775807 bytes, READ_WRITE, single use, of "
                        + PeerIdTest.ID);
    }
}
